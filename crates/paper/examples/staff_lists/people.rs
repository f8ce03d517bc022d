//! Invented people. Any likeness to the living is chance.

/// One invented person.
pub struct Person {
    pub name: &'static str,
    pub male: bool,
    pub born: (u16, u8, u8),
    pub ethnicity: &'static str,
    pub home: &'static str,
}

const fn person(name: &'static str, male: bool, born: (u16, u8, u8), ethnicity: &'static str, home: &'static str) -> Person {
    Person { name, male, born, ethnicity, home }
}

/// Thirty of them.
pub const PEOPLE: [Person; 30] = [
    person("Nguyễn Đình Khải", true, (1974, 3, 12), "Kinh", "Trấn Yên, Yên Bái"),
    person("Trần Thị Bích Liên", false, (1979, 11, 2), "Kinh", "Văn Yên, Yên Bái"),
    person("Lò Văn Thắm", true, (1985, 2, 17), "Thái", "Nghĩa Lộ, Yên Bái"),
    person("Hoàng Thị Mỷ", false, (1987, 3, 9), "Tày", "Lục Yên, Yên Bái"),
    person("Giàng A Sùng", true, (1990, 6, 30), "Mông", "Mù Cang Chải, Yên Bái"),
    person("Nguyễn Thị Dung", false, (1988, 8, 19), "Kinh", "Yên Bình, Yên Bái"),
    person("Phạm Quốc Trưởng", true, (1976, 12, 25), "Kinh", "Nam Trực, Nam Định"),
    person("Đặng Thị Phượng", false, (1991, 1, 7), "Dao", "Văn Chấn, Yên Bái"),
    person("Vũ Mạnh Cường", true, (1983, 5, 21), "Kinh", "Vụ Bản, Nam Định"),
    person("Bùi Thị Kim Ngân", false, (1994, 9, 3), "Mường", "Lương Sơn, Hòa Bình"),
    person("Hà Văn Ước", true, (1980, 10, 10), "Tày", "Lục Yên, Yên Bái"),
    person("Lý Thị Xuân", false, (1992, 4, 14), "Dao", "Văn Yên, Yên Bái"),
    person("Đỗ Hữu Nghĩa", true, (1972, 7, 27), "Kinh", "Hạ Hòa, Phú Thọ"),
    person("Ngô Thị Thu Quỳnh", false, (1989, 2, 28), "Kinh", "Đoan Hùng, Phú Thọ"),
    person("Sùng Thị Dợ", false, (1996, 6, 16), "Mông", "Trạm Tấu, Yên Bái"),
    person("Lê Xuân Độ", true, (1978, 1, 30), "Kinh", "Thọ Xuân, Thanh Hóa"),
    person("Cao Thị Hiếu", false, (1986, 12, 5), "Kinh", "Trấn Yên, Yên Bái"),
    person("Triệu Văn Phúc", true, (1981, 3, 3), "Dao", "Yên Bình, Yên Bái"),
    person("Nông Thị Ánh", false, (1993, 10, 22), "Nùng", "Bảo Lâm, Cao Bằng"),
    person("Phan Trọng Tuệ", true, (1969, 9, 9), "Kinh", "Đức Thọ, Hà Tĩnh"),
    person("Dương Thị Lệ Thủy", false, (1984, 7, 1), "Kinh", "Phú Bình, Thái Nguyên"),
    person("Mai Đức Hậu", true, (1995, 11, 18), "Kinh", "Nga Sơn, Thanh Hóa"),
    person("Tạ Thị Yến", false, (1990, 5, 15), "Kinh", "Ứng Hòa, Hà Nội"),
    person("Vàng A Tủa", true, (1988, 8, 8), "Mông", "Mù Cang Chải, Yên Bái"),
    person("Trịnh Thị Hồng Vân", false, (1977, 2, 11), "Kinh", "Yên Định, Thanh Hóa"),
    person("Chu Văn Quyết", true, (1992, 12, 31), "Kinh", "Sơn Tây, Hà Nội"),
    person("Lương Thị Hòa", false, (1982, 6, 6), "Thái", "Nghĩa Lộ, Yên Bái"),
    person("Hứa Minh Đạo", true, (1987, 9, 29), "Tày", "Chợ Đồn, Bắc Kạn"),
    person("Phùng Thị Gấm", false, (1998, 1, 20), "Kinh", "Ba Vì, Hà Nội"),
    person("Nguyễn Thế Bảo", true, (1993, 3, 26), "Kinh", "Trấn Yên, Yên Bái"),
];

impl Person {
    /// Day, month and year as typed.
    pub fn birth(&self) -> String {
        let (year, month, day) = self.born;
        format!("{day:02}/{month:02}/{year}")
    }

    /// A number built as such numbers are: province, sex and century, year, six digits; these belong to nobody.
    pub fn number(&self, index: usize) -> String {
        let (year, ..) = self.born;
        format!("015{}{:02}{:06}", if self.male { 0 } else { 1 }, year % 100, 990_000 + index * 37)
    }

    pub fn phone(index: usize) -> String {
        format!("09000{:05}", index * 271 + 100)
    }
}

/// Rank code, step and coefficient by place in the list.
pub fn rank(index: usize) -> (&'static str, u8, f64) {
    const RANKS: [(&str, u8, f64); 6] =
        [("01.002", 2, 4.74), ("01.003", 5, 3.66), ("01.003", 1, 2.34), ("01.004", 6, 2.86), ("01.003", 3, 3.0), ("01.003", 8, 4.65)];
    RANKS.get(index % RANKS.len()).copied().unwrap_or(("01.003", 1, 2.34))
}
