//! Reading tables of figures in tests.

use crate::tests::site::Answer;

/// The cells behind the name of a unit, as plain text.
pub fn cells(page: &Answer, link: &str) -> Vec<String> {
    let row = page.body.split(&format!("href=\"{link}\">")).nth(1).unwrap_or_else(|| panic!("no {link}:\n{}", page.body));
    let row = row.split("</tr>").next().unwrap();
    row.split("<td").skip(1).map(|cell| plain(cell.split_once('>').unwrap().1)).collect()
}

/// Text without tags.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            letter if !inside => text.push(letter),
            _ => {}
        }
    }
    text.trim().to_owned()
}
