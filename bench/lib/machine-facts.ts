import { cpus, loadavg, totalmem } from 'node:os';

/** Where and when a run took place. */
export interface MachineFacts {
  readonly date: string;
  readonly node: string;
  readonly platform: string;
  readonly processors: string;
  readonly memoryGiB: number;
  /** Of the last minute: what else the machine was doing. */
  readonly load: number;
}

export function machineFacts(): MachineFacts {
  const all = cpus();
  return {
    date: new Date().toISOString(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processors: `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}`,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}
