import type { Receipt } from '../api-types';
import { tableOf } from './table';
import { paint, type Terminal } from './terminal';

/** The receipt for people: each demand, then what was not understood and what is to be remarked. */
export function receiptTable(terminal: Terminal, receipt: Receipt): string {
  const met = receipt.demands.filter((demand) => demand.met).length;
  const rows = receipt.demands.map(({ demand, source, asked, measured, met: isMet }) => [
    demand,
    asked,
    measured,
    source,
    isMet ? paint(terminal, 'green', '✓') : paint(terminal, 'red', '✗'),
  ]);
  const parts = [
    tableOf(
      terminal,
      [
        { title: 'demand' },
        { title: 'asked', share: 2 },
        { title: 'measured', share: 3 },
        { title: 'from' },
        { title: 'met', width: 5 },
      ],
      rows,
    ),
    `${met} of ${receipt.demands.length} demands met`,
  ];
  if (receipt.notUnderstood.length > 0)
    parts.push(
      paint(terminal, 'yellow', `Not understood: ${receipt.notUnderstood.map((words) => `"${words}"`).join(', ')}`),
    );
  parts.push(...receipt.remarks.map((remark) => `Note: ${remark}`));
  return parts.join('\n');
}
