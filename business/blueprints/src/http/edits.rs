//! Commands about one blueprint. Each goes back to the place it came from, or shows it again
//! with the reason it was refused.

use kernel::{Ctx, Fault, ids::BlueprintId};
use store::Tx;
use web::{App, Fields, Form, Me, Path, Reply, Routes, State as Of};

use super::show::{self, Refused, place_of_form};
use crate::{
    EDIT, commands,
    fields::{read_lane, read_lines, read_name, read_step},
    model::{Edit, Move},
    paths::Place,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/blueprints/{id}/steps", EDIT, add_step)
        .post("/blueprints/{id}/steps/{key}", EDIT, change_step)
        .post("/blueprints/{id}/steps/{key}/place", EDIT, move_step)
        .post("/blueprints/{id}/steps/{key}/links", EDIT, link_step)
        .post("/blueprints/{id}/steps/{key}/removal", EDIT, remove_step)
        .post("/blueprints/{id}/phases", EDIT, add_phase)
        .post("/blueprints/{id}/phases/{key}", EDIT, change_phase)
        .post("/blueprints/{id}/phases/{key}/place", EDIT, move_phase)
        .post("/blueprints/{id}/phases/{key}/removal", EDIT, remove_phase)
        .post("/blueprints/{id}/name", EDIT, rename)
        .post("/blueprints/{id}/state", EDIT, set_state)
        .post("/blueprints/{id}/undo", EDIT, undo)
        .post("/blueprints/{id}/redo", EDIT, redo)
        .post("/blueprints/{id}/publication", EDIT, publish)
        .post("/blueprints/{id}/draft-removal", EDIT, discard)
}

type Keyed = Path<(BlueprintId, String)>;

/// A command on its way: who, which blueprint, what was typed, where to go back to.
struct Errand {
    app: App,
    me: Me,
    id: BlueprintId,
    fields: Fields,
    place: Place,
    version: i64,
    is_step_form: bool,
}

impl Errand {
    fn new(app: App, me: Me, id: BlueprintId, form: Form) -> Self {
        let mut fields = form.0;
        let place = place_of_form(&fields);
        let version = fields.int("version", 1, i64::MAX);
        // Only the forms of a step have a lane; the others begin again from what is saved.
        let is_step_form = fields.has("lane");
        Self {
            app,
            me,
            id,
            fields,
            place,
            version,
            is_step_form,
        }
    }

    fn at_step(mut self, key: &str) -> Self {
        self.place = self.place.with_step(key);
        self
    }

    /// Makes an edit, unless a field was wrong; what the edit was about becomes the chosen step.
    async fn edit(self, edit: Edit, said: &'static str) -> Reply {
        let (id, version) = (self.id, self.version);
        let stays = self.place.clone();
        let command = move |tx: &mut Tx, ctx: &Ctx| commands::edit(tx, ctx, id, version, edit);
        let to = move |touched: Option<String>| match touched {
            Some(key) => stays.with_step(&key),
            None => stays.bare(),
        };
        self.run(command, to, said).await
    }

    async fn run<T: Send + 'static>(
        self,
        command: impl FnOnce(&mut Tx, &Ctx) -> Result<T, Fault> + Send + 'static,
        to: impl FnOnce(T) -> Place,
        said: &'static str,
    ) -> Reply {
        let ctx = self.me.ctx.clone();
        let done = match self.fields.done() {
            Ok(()) => self.app.write(move |tx| command(tx, &ctx)).await,
            Err(fault) => Err(fault),
        };
        match done {
            Ok(answer) => web::done(&to(answer).href(self.id), &self.me.ctx.locale.t(said)),
            Err(fault) => self.refuse(fault).await,
        }
    }

    async fn refuse(self, fault: Fault) -> Reply {
        let fields = self.is_step_form.then_some(self.fields);
        let refused = Refused {
            fields,
            fault: Some(fault),
        };
        show::page(&self.app, &self.me, self.id, self.place, refused).await
    }
}

async fn add_step(Of(app): Of<App>, me: Me, Path(id): Path<BlueprintId>, form: Form) -> Reply {
    let mut errand = Errand::new(app, me, id, form);
    let name = read_name(&mut errand.fields, 60);
    let phase = errand.fields.text("phase", 1, 40);
    let lane = read_lane(&mut errand.fields);
    errand.place = errand.place.adding(&phase, lane);
    errand
        .edit(Edit::AddStep { phase, lane, name }, "blueprints-step-added")
        .await
}

async fn change_step(Of(app): Of<App>, me: Me, Path((id, key)): Keyed, form: Form) -> Reply {
    let mut errand = Errand::new(app, me, id, form).at_step(&key);
    let fields = Box::new(read_step(&mut errand.fields));
    errand
        .edit(Edit::ChangeStep { key, fields }, "blueprints-step-saved")
        .await
}

async fn move_step(Of(app): Of<App>, me: Me, Path((id, key)): Keyed, form: Form) -> Reply {
    let mut errand = Errand::new(app, me, id, form).at_step(&key);
    let edit = match errand.fields.has("phase") {
        true => read_place(&mut errand.fields, key),
        false => read_move(&mut errand.fields, key),
    };
    // The fields name a place, not a step: what is saved stays in the inspector.
    errand.is_step_form = false;
    errand.edit(edit, "blueprints-step-moved").await
}

fn read_move(fields: &mut Fields, key: String) -> Edit {
    let names = ["left", "right", "up", "down", "earlier", "later"];
    let to = Move::parse(&fields.choice("to", &names)).unwrap_or(Move::Later);
    Edit::MoveStep { key, to }
}

fn read_place(fields: &mut Fields, key: String) -> Edit {
    let phase = fields.text("phase", 1, 40);
    let lane = read_lane(fields);
    let before = fields.optional_text("before", 40);
    Edit::PlaceStep {
        key,
        phase,
        lane,
        before,
    }
}

async fn link_step(Of(app): Of<App>, me: Me, Path((id, key)): Keyed, form: Form) -> Reply {
    let mut errand = Errand::new(app, me, id, form).at_step(&key);
    let to = errand.fields.text("to", 1, 40);
    let cut = errand.fields.flag("cut");
    let said = if cut {
        "blueprints-way-cut"
    } else {
        "blueprints-way-added"
    };
    errand.edit(Edit::LinkStep { key, to, cut }, said).await
}

async fn remove_step(Of(app): Of<App>, me: Me, Path((id, key)): Keyed, form: Form) -> Reply {
    let errand = Errand::new(app, me, id, form).at_step(&key);
    errand
        .edit(Edit::RemoveStep { key }, "blueprints-step-removed")
        .await
}

async fn add_phase(Of(app): Of<App>, me: Me, Path(id): Path<BlueprintId>, form: Form) -> Reply {
    let mut errand = Errand::new(app, me, id, form);
    let name = read_name(&mut errand.fields, 30);
    errand
        .edit(Edit::AddPhase { name }, "blueprints-phase-added")
        .await
}

async fn change_phase(Of(app): Of<App>, me: Me, Path((id, key)): Keyed, form: Form) -> Reply {
    let mut errand = Errand::new(app, me, id, form);
    let name = read_name(&mut errand.fields, 30);
    let evidence = read_lines(&mut errand.fields, "evidence_zh", "evidence_en", 300);
    let edit = Edit::ChangePhase {
        key,
        name,
        evidence,
    };
    errand.edit(edit, "blueprints-phase-saved").await
}

async fn move_phase(Of(app): Of<App>, me: Me, Path((id, key)): Keyed, form: Form) -> Reply {
    let mut errand = Errand::new(app, me, id, form);
    let earlier = errand.fields.choice("to", &["left", "right"]) == "left";
    errand
        .edit(Edit::MovePhase { key, earlier }, "blueprints-phase-saved")
        .await
}

async fn remove_phase(Of(app): Of<App>, me: Me, Path((id, key)): Keyed, form: Form) -> Reply {
    let errand = Errand::new(app, me, id, form);
    errand
        .edit(Edit::RemovePhase { key }, "blueprints-phase-removed")
        .await
}

async fn rename(Of(app): Of<App>, me: Me, Path(id): Path<BlueprintId>, form: Form) -> Reply {
    let mut errand = Errand::new(app, me, id, form);
    let name = read_name(&mut errand.fields, 60);
    let (version, stays) = (errand.version, errand.place.bare());
    errand
        .run(
            move |tx, ctx| commands::rename(tx, ctx, id, version, &name),
            |()| stays,
            "blueprints-renamed",
        )
        .await
}

async fn set_state(Of(app): Of<App>, me: Me, Path(id): Path<BlueprintId>, form: Form) -> Reply {
    let errand = Errand::new(app, me, id, form);
    let archived = errand.fields.flag("archived");
    let (version, stays) = (errand.version, errand.place.bare());
    let said = if archived {
        "blueprints-archived-done"
    } else {
        "blueprints-restored"
    };
    errand
        .run(
            move |tx, ctx| commands::set_archived(tx, ctx, id, version, archived),
            |()| stays,
            said,
        )
        .await
}

async fn undo(Of(app): Of<App>, me: Me, Path(id): Path<BlueprintId>, form: Form) -> Reply {
    let errand = Errand::new(app, me, id, form);
    let (version, stays) = (errand.version, errand.place.clone());
    let command = move |tx: &mut Tx, ctx: &Ctx| commands::undo(tx, ctx, id, version);
    errand.run(command, |()| stays, "blueprints-undone").await
}

async fn redo(Of(app): Of<App>, me: Me, Path(id): Path<BlueprintId>, form: Form) -> Reply {
    let errand = Errand::new(app, me, id, form);
    let (version, stays) = (errand.version, errand.place.clone());
    let command = move |tx: &mut Tx, ctx: &Ctx| commands::redo(tx, ctx, id, version);
    errand.run(command, |()| stays, "blueprints-redone").await
}

async fn publish(Of(app): Of<App>, me: Me, Path(id): Path<BlueprintId>, form: Form) -> Reply {
    let errand = Errand::new(app, me, id, form);
    let (version, stays) = (errand.version, errand.place.clone());
    let command = move |tx: &mut Tx, ctx: &Ctx| commands::publish(tx, ctx, id, version);
    errand.run(command, |_| stays, "blueprints-published").await
}

async fn discard(Of(app): Of<App>, me: Me, Path(id): Path<BlueprintId>, form: Form) -> Reply {
    let errand = Errand::new(app, me, id, form);
    let (version, stays) = (errand.version, errand.place.bare());
    let command = move |tx: &mut Tx, ctx: &Ctx| commands::discard(tx, ctx, id, version);
    errand
        .run(command, |()| stays, "blueprints-discarded")
        .await
}
