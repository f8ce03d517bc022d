//! Files that are not read, and what the person can do about each.

use thiserror::Error;

/// Why a file is refused, with a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It opens only with a password.
    #[error("Tệp được đặt mật khẩu. Mở tệp bằng Excel, bỏ mật khẩu trong mục Thông tin rồi tải lên lại")]
    Protected,
    /// It is cut off or its parts contradict each other.
    #[error("Tệp bị hỏng hoặc tải lên chưa trọn. Mở tệp bằng Excel, lưu thành tệp .xlsx mới rồi tải lên lại")]
    Damaged,
    /// It unfolds into far more than a list of people can be.
    #[error("Tệp bung ra quá lớn so với một danh sách. Chép riêng phần danh sách sang tệp mới rồi tải lên lại")]
    Bloated,
    /// It is no table.
    #[error("Đây là {found}, không phải bảng tính. Tải lên tệp .xlsx, .xls hoặc .csv có danh sách")]
    WrongType {
        /// What it is, in words.
        found: &'static str,
    },
    /// It is a table in a format that is not read.
    #[error("Chưa đọc được {found}. Mở tệp và lưu thành .xlsx rồi tải lên lại")]
    SaveAnew {
        /// What it is, in words.
        found: &'static str,
    },
    /// It holds no cell.
    #[error("Tệp không có dòng dữ liệu nào. Kiểm tra lại tệp đã chọn")]
    Empty,
    /// It is larger than allowed.
    #[error("Tệp lớn hơn {megabytes} MB. Chia danh sách thành nhiều tệp nhỏ hơn rồi tải lên từng tệp")]
    TooLarge {
        /// The limit.
        megabytes: u64,
    },
    /// It has more cells than allowed.
    #[error("Danh sách có quá nhiều ô. Chia thành nhiều tệp nhỏ hơn, mỗi tệp không quá {rows} dòng")]
    TooManyCells {
        /// A number of rows of usual width that fits.
        rows: usize,
    },
}

/// What reading may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file: u64,
    /// Bytes its parts may unfold to.
    pub unfolded: u64,
    /// Bytes of all texts that differ.
    pub text: u64,
    /// Parts in a package.
    pub parts: usize,
    /// Cells over all sheets, filled or skipped within a row.
    pub cells: usize,
    /// Merged blocks over all sheets.
    pub merges: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { file: 128 << 20, unfolded: 512 << 20, text: 192 << 20, parts: 4_096, cells: 6_000_000, merges: 50_000 }
    }
}
