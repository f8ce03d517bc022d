//! Where in the model of a regulation a unit may stand.

use super::model::Unit;
use law::{Law, Regulation};

/// Whether a unit of this level may be founded under another, or moved there; else the field and a sentence.
pub(super) fn fits(law: &Law, regulation: &Regulation, above: &Unit, rank: Option<i64>, is_section: bool) -> Result<(), Refusal> {
    if is_section {
        return Ok(());
    }
    let name = |rank: i64| regulation.levels.iter().find(|level| i64::from(level.rank) == rank).map(|level| level.name_vi.as_str());
    if rank.is_some_and(|rank| name(rank).is_none()) {
        return Err(Refusal { field: "level_rank", sentence: "Chọn cấp quản lý trong danh sách".into() });
    }
    let childless = |level: &&law::regulation::Level| {
        level.childless_members.iter().filter_map(|member| law.crosswalk.member.get(member)).any(|types| types.contains(&above.type_code))
    };
    if let Some(level) = regulation.levels.iter().find(childless) {
        return Err(Refusal {
            field: "section",
            sentence: format!(
                "{} không có đơn vị cấp dưới ({}). Chỉ lập phòng, bộ phận bên trong",
                law.catalogue("unit_types").map_or("Đơn vị này", |list| list.label(&above.type_code)),
                level.article
            ),
        });
    }
    let next = above.level_rank.map(|above| (above - 1).max(1));
    match next.filter(|next| regulation.model.nothing_between && rank != Some(*next)) {
        None => Ok(()),
        Some(next) => {
            let (level, articles) = (name(next).unwrap_or_default(), articles(regulation));
            Err(Refusal {
                field: "level_rank",
                sentence: format!(
                    "Quy chế có {} cấp; giữa các cấp đó không lập cấp nào khác ({articles}). Chọn “{level}” cho đơn vị này",
                    regulation.model.levels
                ),
            })
        }
    }
}

/// Why a unit may not stand there, and the field to correct.
pub(super) struct Refusal {
    pub(super) field: &'static str,
    pub(super) sentence: String,
}

fn articles(regulation: &Regulation) -> String {
    regulation.levels.iter().map(|level| level.article.as_str()).collect::<Vec<_>>().join(", ")
}
