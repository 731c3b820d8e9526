/** The first thing in an archive that is not as it was written: which file, and which row of it. */
export class WrongArchive extends Error {
  constructor(file: string, row: number | null, reason: string) {
    super(row === null ? `${file}: ${reason}.` : `${file}, row ${row}: ${reason}.`)
  }
}
