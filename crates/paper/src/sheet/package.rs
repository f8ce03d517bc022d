//! The zip package of a modern workbook, opened with measured breath.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use zip::ZipArchive;

use super::{Limits, Refusal};

/// A part that unfolds more than this many times over, beyond `SMALL` bytes, is no sheet.
const MOST_FOLD: u64 = 400;
const SMALL: u64 = 32 << 20;
/// Longest piece between two tags; a cell holds at most 32,767 letters.
const LONGEST_PIECE: u64 = 1 << 20;

pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Package<'a>, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        if zip.len() > limits.parts {
            return Err(Refusal::Bloated);
        }
        let mut total = 0_u64;
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(|_| Refusal::Damaged)?;
            if part.encrypted() {
                return Err(Refusal::Protected);
            }
            total = total.saturating_add(part.size());
            let folded = part.size() / part.compressed_size().max(1);
            if total > limits.unfolded || (part.size() > SMALL && folded > MOST_FOLD) {
                return Err(Refusal::Bloated);
            }
        }
        Ok(Package { zip, left: limits.unfolded })
    }

    /// The stored spelling of a part's name; old programs mix case and slashes.
    pub(super) fn find(&self, name: &str) -> Option<String> {
        let tidy = |name: &str| name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase();
        let wanted = tidy(name);
        self.zip.file_names().find(|known| tidy(known) == wanted).map(str::to_owned)
    }

    /// Reads an XML part piece by piece, handing each event to `each`; a missing part is no fault.
    pub(super) fn read<F>(&mut self, name: &str, mut each: F) -> Result<(), Refusal>
    where
        F: FnMut(quick_xml::events::Event<'_>) -> Result<(), Refusal>,
    {
        let Some(stored) = self.find(name) else { return Ok(()) };
        let part = self.zip.by_name(&stored).map_err(|_| Refusal::Damaged)?;
        let mut xml = Reader::from_reader(Guarded { inner: BufReader::with_capacity(64 << 10, part), read: 0, mark: 0, left: self.left });
        let mut buffer = Vec::with_capacity(8 << 10);
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer) {
                Ok(quick_xml::events::Event::Eof) => break,
                // A document type exists to declare entities, which no workbook has.
                Ok(quick_xml::events::Event::DocType(_)) => return Err(Refusal::Damaged),
                Ok(event) => each(event)?,
                Err(fault) => return Err(why(&fault)),
            }
            let guard = xml.get_mut();
            guard.mark = guard.read;
        }
        self.left = self.left.saturating_sub(xml.get_ref().read);
        Ok(())
    }
}

fn why(fault: &quick_xml::Error) -> Refusal {
    match fault {
        quick_xml::Error::Io(io) if io.kind() == io::ErrorKind::FileTooLarge => Refusal::Bloated,
        _ => Refusal::Damaged,
    }
}

/// Counts what was unfolded, in all and since the last finished piece.
pub(super) struct Guarded<R> {
    inner: R,
    read: u64,
    mark: u64,
    left: u64,
}

impl<R: BufRead> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Guarded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read > self.left || self.read - self.mark > LONGEST_PIECE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.read += amount as u64;
        self.inner.consume(amount);
    }
}
