//! Lists that are no workbooks: a page under the name of one, and texts in old encodings.

use std::{error::Error, fmt::Write as _, fs, path::Path};

use paper::text::{Encoding, encode};

use crate::people::{PEOPLE, rank};

/// What the staff programs of the years around 2005 saved as `.xls`.
pub fn commune_page(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut page = String::from(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta http-equiv=Content-Type content=\"text/html; charset=utf-8\">\
         <style>td{font-family:\"Times New Roman\";mso-number-format:\"\\@\"}</style></head><body>\n\
         <table border=0><tr><td colspan=7 align=center><b>DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ VIỆT HỒNG</b></td></tr></table>\n<table border=1>\n\
         <tr><td rowspan=2>STT</td><td rowspan=2>Họ và tên</td><td colspan=2>Năm sinh</td><td rowspan=2>Chức danh</td>\
         <td colspan=2>Lương</td></tr>\n<tr><td>Nam<td>Nữ</td><td>Bậc</td><td>Hệ số</td></tr>\n",
    );
    let posts = [
        "Bí thư Đảng ủy",
        "Chủ tịch HĐND",
        "Chủ tịch UBND",
        "Phó Chủ tịch UBND",
        "Tư pháp &ndash; Hộ tịch",
        "Văn phòng &ndash; Thống kê",
        "Địa chính &ndash; Xây dựng",
    ];
    for (index, person) in PEOPLE.iter().enumerate().skip(8).take(14) {
        let (_, step, coefficient) = rank(index);
        let (male, female) = if person.male { (person.birth(), "&nbsp;".into()) } else { ("&nbsp;".to_owned(), person.birth()) };
        let post = posts.get((index - 8).min(posts.len() - 1)).copied().unwrap_or_default();
        let shown = format!("{coefficient:.2}").replace('.', ",");
        writeln!(page, "<tr><td>{}<td>{}<td>{male}<td>{female}<td>{post}<td>{step}<td align=right>{shown}</tr>", index - 7, person.name)?;
    }
    page.push_str("</table>\n<p>Người lập: Cán bộ văn phòng</p></body></html>\n");
    Ok(fs::write(path, page)?)
}

/// The same csv in the three old encodings.
pub fn old_texts(folder: &Path) -> Result<(), Box<dyn Error>> {
    let files = [
        ("danh-sach-tcvn3.csv", Encoding::Tcvn3, ';'),
        ("danh-sach-vni.csv", Encoding::Vni, ','),
        ("danh-sach-windows-1258.csv", Encoding::Windows1258, '\t'),
    ];
    for (name, encoding, mark) in files {
        let mut text = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Nơi sinh", "Chức vụ"].join(&mark.to_string());
        text.push_str("\r\n");
        // TCVN3 has no capitals with a tone outside its capital fonts.
        let chosen = PEOPLE.iter().filter(|person| encoding != Encoding::Tcvn3 || !person.name.contains("Ánh")).skip(4).take(18);
        for (index, person) in chosen.enumerate() {
            let sex = if person.male { "Nam" } else { "Nữ" };
            let home = person.home.split(',').next().unwrap_or_default();
            let number = (index + 1).to_string();
            let home = home.replace("Ứng Hòa", "Sơn Tây");
            let fields = [number.as_str(), person.name, &person.birth(), sex, person.ethnicity, &home, "Công chức"];
            text.push_str(&fields.join(&mark.to_string()));
            text.push_str("\r\n");
        }
        let bytes = encode(encoding, &text).ok_or_else(|| format!("{name}: a letter has no place"))?;
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
