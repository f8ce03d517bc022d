//! Compound files, the small file system old Office documents live in. Chains that loop or leave the file end the reading.

use super::Refusal;

/// The first bytes of every compound file.
pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

const LAST_SECTOR: u32 = 0xFFFF_FFF9;
const SMALL_STREAM: usize = 4_096;
const SMALL_SECTOR: usize = 64;
const ENTRY: usize = 128;

pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    entries: Vec<Entry>,
    small_table: Vec<u32>,
    small_bytes: Vec<u8>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

impl<'a> Compound<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Compound<'a>, Refusal> {
        Compound::try_open(bytes).ok_or(Refusal::Damaged)
    }

    fn try_open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4_096,
            _ => return None,
        };
        let mut file = Compound { bytes, sector, table: Vec::new(), entries: Vec::new(), small_table: Vec::new(), small_bytes: Vec::new() };
        file.table = file.sector_table()?;
        let directory = file.chain(u32_at(bytes, 48)?);
        file.entries = directory.chunks_exact(ENTRY).filter_map(entry).collect();
        let small_table = file.chain(u32_at(bytes, 60)?);
        file.small_table = words(&small_table).collect();
        file.small_bytes = file.entries.first().map(|root| file.chain(root.start)).unwrap_or_default();
        Some(file)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream, as many as the file really has.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut bytes = if entry.length < SMALL_STREAM { self.small_chain(entry.start) } else { self.chain(entry.start) };
        bytes.truncate(entry.length);
        Some(bytes)
    }

    fn at(&self, sector: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(sector).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|piece| !piece.is_empty())
    }

    fn sector_table(&self) -> Option<Vec<u32>> {
        let sectors = self.bytes.len() / self.sector + 1;
        let mut places: Vec<u32> = words(self.bytes.get(76..512)?).collect();
        let mut next = u32_at(self.bytes, 68)?;
        while next <= LAST_SECTOR && places.len() <= sectors {
            let mut more: Vec<u32> = words(self.at(next)?).collect();
            next = more.pop()?;
            places.append(&mut more);
        }
        let mut table = Vec::new();
        for place in places.into_iter().filter(|place| *place <= LAST_SECTOR) {
            // A table longer than the file names nothing.
            if table.len() > sectors + self.sector {
                break;
            }
            table.extend(words(self.at(place)?));
        }
        Some(table)
    }

    fn chain(&self, start: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let mut next = start;
        while next <= LAST_SECTOR && out.len() <= self.bytes.len() {
            let Some(piece) = self.at(next) else { break };
            out.extend_from_slice(piece);
            let Some(following) = usize::try_from(next).ok().and_then(|next| self.table.get(next)) else { break };
            next = *following;
        }
        out
    }

    fn small_chain(&self, start: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let mut next = start;
        while next <= LAST_SECTOR && out.len() <= SMALL_STREAM {
            let Some(index) = usize::try_from(next).ok() else { break };
            let Some(piece) = index.checked_mul(SMALL_SECTOR).and_then(|at| self.small_bytes.get(at..)) else { break };
            out.extend_from_slice(piece.get(..SMALL_SECTOR).unwrap_or(piece));
            let Some(following) = self.small_table.get(index) else { break };
            next = *following;
        }
        out
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|word| u32_at(word, 0))
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).saturating_sub(2).min(62);
    let units: Vec<u16> = bytes.get(..length)?.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).collect();
    let length = usize::try_from(u32_at(bytes, 120)?).ok()?;
    Some(Entry { name: String::from_utf16_lossy(&units), start: u32_at(bytes, 116)?, length })
}
