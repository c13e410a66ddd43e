import type * as music from '@beatbot/music';
import type * as message from '../generated/beatbot/music/v1/receipt';
import { provenanceNames } from './enum-names';

export function demandToMessage(demand: music.Demand): message.Demand {
  return { ...demand, source: provenanceNames.toMessage(demand.source) };
}

export function demandFromMessage(demand: message.Demand): music.Demand {
  return { ...demand, source: provenanceNames.fromMessage(demand.source) };
}

export function receiptToMessage(receipt: music.Receipt): message.Receipt {
  return { ...receipt, demands: receipt.demands.map(demandToMessage) };
}

export function receiptFromMessage(receipt: message.Receipt): music.Receipt {
  return { ...receipt, demands: receipt.demands.map(demandFromMessage) };
}
