//! Pages of those who open, close and change accounts.

use super::{
    actions,
    forms::{self, OpenForm, OperatorForm},
    handover::{self, Handover, HandoverForm},
    model::{AccountLine, OperatorLine, RoleLine},
    queries,
};
use crate::{
    App,
    access::{Grant, ManageAccounts},
    error::{Error, Result},
    form::Problems,
    page::Page,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

/// Accounts on one page of the list.
const PAGE: i64 = 50;

#[derive(Serialize)]
pub(super) struct ListPage {
    accounts: Vec<AccountLine>,
    words: String,
    next: Option<String>,
    is_first: bool,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "accounts/list.html";

    fn samples() -> Vec<ListPage> {
        vec![
            ListPage { accounts: vec![], words: String::new(), next: None, is_first: true },
            ListPage { accounts: samples(), words: "xa".into(), next: Some("yb.van-thu".into()), is_first: false },
        ]
    }
}

fn samples() -> Vec<AccountLine> {
    vec![AccountLine::sample("active"), AccountLine::sample("closed")]
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct ListAsked {
    q: String,
    sau: String,
}

/// Accounts inside the area, by login.
pub(super) async fn list(grant: Grant<ManageAccounts>, State(app): State<App>, Query(asked): Query<ListAsked>) -> Result<Response> {
    let words = asked.q.trim().to_owned();
    let mut accounts = queries::list(&app, &grant, &asked.sau, &words, PAGE + 1).await?;
    let more = accounts.len() > PAGE as usize;
    accounts.truncate(PAGE as usize);
    let next = accounts.last().filter(|_| more).map(|account| account.login.clone());
    ListPage { accounts, words, next, is_first: asked.sau.is_empty() }.show(&app, &grant.visitor)
}

#[derive(Serialize, Clone)]
struct Choice {
    value: String,
    label: String,
}

#[derive(Serialize)]
pub(super) struct OpenPage {
    form: OpenForm,
    units: Vec<Choice>,
    roles: Vec<Choice>,
    problems: Problems,
}

impl Page for OpenPage {
    const TEMPLATE: &'static str = "accounts/new.html";

    fn samples() -> Vec<OpenPage> {
        let mut problems = Problems::default();
        problems.add("login", "Tên đăng nhập này đã có. Chọn tên khác");
        let choice = Choice { value: "1".into(), label: "UBND xã Mẫu".into() };
        let page = |problems| OpenPage { form: OpenForm::default(), units: vec![choice.clone()], roles: vec![choice.clone()], problems };
        vec![page(Problems::default()), page(problems)]
    }
}

/// Fields of the form, in its order.
const FIELDS: [&str; 10] = ["unit", "role", "kind", "login", "name", "operator", "personal_number", "number", "signed_on", "issuer"];

impl OpenPage {
    async fn new(app: &App, grant: &Grant<ManageAccounts>, form: OpenForm, mut problems: Problems) -> Result<OpenPage> {
        problems.arrange(FIELDS);
        let units = queries::units(&mut app.db.read(grant)).await?;
        let reached: Vec<_> = units.into_iter().filter(|(_, path, _)| grant.reaches_account(path)).collect();
        let chosen = reached.iter().find(|(id, _, _)| id.to_string() == form.unit).or(reached.first());
        let roles = match chosen {
            Some((_, path, _)) => actions::roles_to_give(app, grant, path).await?,
            None => Vec::new(),
        };
        let indent = |path: &str| "\u{2003}".repeat(path.matches('/').count().saturating_sub(2));
        let units = reached.iter().map(|(id, path, name)| Choice { value: id.to_string(), label: format!("{}{name}", indent(path)) });
        let roles = roles.into_iter().map(|role| Choice { value: role.code, label: format!("{} ({})", role.name_vi, role.article) });
        Ok(OpenPage { form, units: units.collect(), roles: roles.collect(), problems })
    }
}

/// The form for a new account; `?unit=` chooses the unit, and with it the roles.
pub(super) async fn new(grant: Grant<ManageAccounts>, State(app): State<App>, Query(form): Query<OpenForm>) -> Result<Response> {
    OpenPage::new(&app, &grant, form, Problems::default()).await?.show(&app, &grant.visitor)
}

/// Opens the account and shows its password once.
pub(super) async fn open(grant: Grant<ManageAccounts>, State(app): State<App>, Form(form): Form<OpenForm>) -> Result<Response> {
    let problems = match form.check(app.today()) {
        Ok(given) => match actions::open(&app, &grant, given).await? {
            Ok(opened) => {
                return AccountPage::new(&app, &grant, opened.id).await?.with_password(opened.password).show(&app, &grant.visitor);
            }
            Err(problems) => problems,
        },
        Err(problems) => problems,
    };
    OpenPage::new(&app, &grant, form, problems).await?.show_again(&app, &grant.visitor)
}

#[derive(Serialize)]
pub(super) struct AccountPage {
    account: AccountLine,
    roles: Vec<RoleLine>,
    operators: Vec<OperatorLine>,
    choices: Vec<Choice>,
    handovers: Vec<Handover>,
    given: HandoverForm,
    issued: Option<String>,
    /// Where to sign in; may be empty.
    address: String,
    form: OperatorForm,
    problems: Problems,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "accounts/show.html";

    fn samples() -> Vec<AccountPage> {
        let page = |account: AccountLine, issued: Option<&str>| AccountPage {
            account,
            roles: vec![],
            operators: vec![],
            choices: vec![],
            handovers: vec![Handover::sample()],
            given: HandoverForm::default(),
            issued: issued.map(str::to_owned),
            address: "hoso.example.gov.vn".into(),
            form: OperatorForm::default(),
            problems: Problems::default(),
        };
        samples().into_iter().map(|account| page(account, Some("abcdef"))).collect()
    }
}

impl AccountPage {
    /// The page of one account.
    pub(super) async fn new(app: &App, grant: &Grant<ManageAccounts>, id: i64) -> Result<AccountPage> {
        let mut reader = app.db.read(grant);
        let account = queries::find(&mut reader, id).await?;
        let roles = queries::roles(&mut reader, id).await?;
        let operators = queries::operators(&mut reader, id).await?;
        let path =
            queries::units(&mut reader).await?.into_iter().find(|(unit, _, _)| Some(*unit) == account.unit_id).map(|(_, path, _)| path);
        let regulation = match &path {
            Some(path) => app.db.regulation_at(path, app.today()).await?.and_then(|code| app.law.regulation(&code)),
            None => None,
        };
        let choices = match &path {
            Some(path) => actions::roles_to_give(app, grant, path).await?,
            None => Vec::new(),
        };
        let handovers = match regulation {
            Some(regulation) if account.state == "active" => handover::offered(app, &mut reader, regulation, &choices, id).await?,
            Some(_) | None => Vec::new(),
        };
        let choices = choices.into_iter().map(|role| Choice { value: role.code, label: format!("{} ({})", role.name_vi, role.article) });
        Ok(AccountPage {
            account,
            roles: roles.into_iter().map(|role| role.named(regulation)).collect(),
            operators,
            choices: choices.collect(),
            handovers,
            given: HandoverForm::default(),
            issued: None,
            address: app.address(regulation),
            form: OperatorForm::default(),
            problems: Problems::default(),
        })
    }

    /// The same with a handover that was not understood.
    pub(super) fn with(mut self, given: HandoverForm, problems: Problems) -> AccountPage {
        (self.given, self.problems) = (given, problems);
        self
    }

    fn with_password(mut self, issued: String) -> AccountPage {
        self.issued = Some(issued);
        self
    }
}

/// One account.
pub(super) async fn show(grant: Grant<ManageAccounts>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    AccountPage::new(&app, &grant, id).await?.show(&app, &grant.visitor)
}

/// Issues a new password and shows it once.
pub(super) async fn reset_password(grant: Grant<ManageAccounts>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    let issued = actions::reset_password(&app, &grant, id).await?;
    AccountPage::new(&app, &grant, id).await?.with_password(issued).show(&app, &grant.visitor)
}

#[derive(Deserialize)]
pub(super) struct StateForm {
    state: String,
}

/// Suspends, reopens or closes the account.
pub(super) async fn set_state(
    grant: Grant<ManageAccounts>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<StateForm>,
) -> Result<Response> {
    if !["active", "suspended", "closed"].contains(&form.state.as_str()) {
        return Err(Error::Refused("Chọn tạm dừng, mở lại hoặc đóng tài khoản".into()));
    }
    actions::set_state(&app, &grant, id, &form.state).await?;
    Ok(Redirect::to(&format!("/tai-khoan/{id}")).into_response())
}

/// Names the person who uses a unit's account.
pub(super) async fn name_operator(
    grant: Grant<ManageAccounts>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<OperatorForm>,
) -> Result<Response> {
    match form.check(app.today()) {
        Ok((name, from_on, document)) => {
            let issued = actions::name_operator(&app, &grant, id, &name, from_on, &document).await?;
            AccountPage::new(&app, &grant, id).await?.with_password(issued).show(&app, &grant.visitor)
        }
        Err(problems) => AccountPage { form, problems, ..AccountPage::new(&app, &grant, id).await? }.show_again(&app, &grant.visitor),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct RoleForm {
    role: String,
    role_id: i64,
    number: String,
    signed_on: String,
    issuer: String,
}

/// Gives one more role.
pub(super) async fn give_role(
    grant: Grant<ManageAccounts>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<RoleForm>,
) -> Result<Response> {
    let mut problems = Problems::default();
    let document = forms::document(&form.number, &form.signed_on, &form.issuer, app.today(), &mut problems);
    if problems.is_empty() {
        match actions::give_role(&app, &grant, id, &form.role, &document).await? {
            Ok(()) => return Ok(Redirect::to(&format!("/tai-khoan/{id}")).into_response()),
            Err(found) => problems = found,
        }
    }
    AccountPage { problems, ..AccountPage::new(&app, &grant, id).await? }.show_again(&app, &grant.visitor)
}

/// Ends a role.
pub(super) async fn end_role(
    grant: Grant<ManageAccounts>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<RoleForm>,
) -> Result<Response> {
    actions::end_role(&app, &grant, id, form.role_id).await?;
    Ok(Redirect::to(&format!("/tai-khoan/{id}")).into_response())
}
