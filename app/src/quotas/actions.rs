//! What is entered: the numbers of a decision, and how many people a unit says it has.

use super::queries;
use crate::{App, error::Result};
use jiff::civil::Date;
use vault::{Grant, Permission};

/// What a decision assigns, unit by unit.
#[derive(Clone, Debug)]
pub struct Assigning {
    /// Code of the kind of posts.
    pub kind: String,
    /// The year.
    pub year: i64,
    /// Number of the decision.
    pub number: String,
    /// Day on which it was signed.
    pub signed_on: Date,
    /// Who issued it.
    pub issuer: String,
    /// Unit and number of posts.
    pub posts: Vec<(i64, i64)>,
}

/// How many people a unit says it has.
#[derive(Clone, Debug)]
pub struct Reporting {
    /// The unit.
    pub unit: i64,
    /// The day for which it says so.
    pub as_of: Date,
    /// How many.
    pub present: i64,
    /// Who says it.
    pub by: String,
}

/// Enters a decision; what it said of a unit before is corrected, and the number that stood is kept.
pub async fn assign<P: Permission>(app: &App, grant: &Grant<P>, given: &Assigning) -> Result<()> {
    let mut change = app.db.change(grant, "quota.assign").await?;
    for (unit, assigned) in &given.posts {
        match queries::same(&mut change, *unit, &given.kind, given.year, &given.number, given.signed_on).await? {
            Some(seen) => {
                let set = [("assigned", (*assigned).into()), ("decision_issuer", given.issuer.as_str().into())];
                change.update("quotas", seen, &set).await?;
            }
            None => {
                let set = [
                    ("unit_id", (*unit).into()),
                    ("kind", given.kind.as_str().into()),
                    ("year", given.year.into()),
                    ("assigned", (*assigned).into()),
                    ("decision_number", given.number.as_str().into()),
                    ("decision_signed_on", given.signed_on.into()),
                    ("decision_issuer", given.issuer.as_str().into()),
                ];
                change.insert("quotas", &set).await?;
            }
        }
    }
    Ok(change.commit().await?)
}

/// Notes what a unit says; earlier reports stay.
pub async fn report<P: Permission>(app: &App, grant: &Grant<P>, given: &Reporting) -> Result<()> {
    let mut change = app.db.change(grant, "headcount.report").await?;
    let set = [
        ("unit_id", given.unit.into()),
        ("as_of", given.as_of.into()),
        ("present", given.present.into()),
        ("account_id", grant.viewer().account_id().into()),
        ("reported_by", given.by.as_str().into()),
    ];
    change.insert("headcount_reports", &set).await?;
    Ok(change.commit().await?)
}
