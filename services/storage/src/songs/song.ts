/** The thing a person owns. */
export interface Song {
  id: string;
  owner: string;
  title: string;
  tags: string[];
  /** Empty until the first revision exists. */
  style: string;
  prompt: string;
  /** 0 until the first revision exists. */
  latestRevision: number;
  createTime: Date;
  updateTime: Date;
}
