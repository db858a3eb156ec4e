// The console's first page: for now only its looks; the screens move in here.
import './ui/page.css';
