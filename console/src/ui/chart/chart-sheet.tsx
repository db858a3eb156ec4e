import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatDate } from '../../format/date.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { Sheet } from '../layout/page.tsx';
import styles from './chart.module.css';
import { downloadCsv } from './download-csv.ts';
import { type ChartData, tableOf } from './series.ts';
import { chartWords } from './words/chart-words.ts';

interface ChartSheetProps {
  title: string;
  note?: ReactNode;
  link?: ReactNode;
  data: ChartData;
  format: (figure: number) => string;
  /** The drawing; it stands there unless the table was asked for. */
  children: ReactNode;
}

/** A chart on its sheet, its table behind a switch, and the table as a file. */
export function ChartSheet({ title, note, link, data, format, children }: ChartSheetProps) {
  const words = useWords(chartWords);
  const everyday = useWords(everydayWords);
  const [asTable, setAsTable] = useState(false);
  const edges = {
    low: (label: string) => words('from', { label }),
    high: (label: string) => words('to', { label }),
  };
  const table = tableOf(data, words('day'), edges);
  const word = everyday(asTable ? 'chartChart' : 'chartTable');
  return (
    <Sheet
      title={title}
      note={note}
      link={
        <span className={styles.tools}>
          {link}
          <Tooltip label={word}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              aria-label={`${word}: ${title}`}
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? <IconChartBar size={16} /> : <IconTable size={16} />}
            </ActionIcon>
          </Tooltip>
          <Tooltip label={everyday('downloadCsv')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              aria-label={`${everyday('downloadCsv')}: ${title}`}
              onClick={() => downloadCsv(title, [table.head, ...table.rows])}
            >
              <IconDownload size={16} />
            </ActionIcon>
          </Tooltip>
        </span>
      }
    >
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
        <section className={styles.tableBox} aria-label={title} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {table.head.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.toReversed().map(([day, ...figures]) => (
                <tr key={day}>
                  <td>{formatDate(String(day))}</td>
                  {figures.map((figure, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column.
                    <td key={index}>{typeof figure === 'number' ? format(figure) : ''}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <div className={styles.body}>{children}</div>
      )}
    </Sheet>
  );
}
