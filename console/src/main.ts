// The console's first page. It has its looks alone; the screens begin here.
import './ui/page.css';
