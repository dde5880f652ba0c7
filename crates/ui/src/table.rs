//! Tables whose columns drop by priority on narrow screens.
use maud::{Markup, html};

/// One column's head.
#[derive(Clone, Debug, Default)]
pub struct Head {
    label: String,
    number: bool,
    drop: u8,
}

/// A column; it stays on every screen unless [`Head::drop`] says otherwise.
pub fn head(label: impl Into<String>) -> Head {
    Head {
        label: label.into(),
        ..Head::default()
    }
}

impl Head {
    /// Aligned at the end, with digits of equal width.
    pub fn number(mut self) -> Head {
        self.number = true;
        self
    }
    /// 1: hidden below 760 px; 2: hidden below 1100 px.
    pub fn drop(mut self, priority: u8) -> Head {
        self.drop = priority;
        self
    }
    fn class(&self) -> Option<&'static str> {
        self.number.then_some("n")
    }
    fn priority(&self) -> Option<u8> {
        (self.drop > 0).then_some(self.drop)
    }
    /// A figure says what it counts where a narrow screen shows no heads.
    fn shown_in_cell(&self) -> Option<&str> {
        self.number.then_some(self.label.as_str())
    }
}

/// One cell's content.
pub type Cell = Markup;

/// One row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    cells: Vec<Cell>,
    href: Option<String>,
    selected: bool,
    id: Option<String>,
}

/// A row of cells, one for each column.
pub fn row(cells: Vec<Cell>) -> Row {
    Row {
        cells,
        ..Row::default()
    }
}

impl Row {
    /// The whole row leads there; the first cell becomes the link.
    pub fn href(mut self, href: impl Into<String>) -> Row {
        self.href = Some(href.into());
        self
    }
    /// Marked as the selected one.
    pub fn selected(mut self, selected: bool) -> Row {
        self.selected = selected;
        self
    }
    /// A stable id, so that live updates keep its place.
    pub fn id(mut self, id: impl Into<String>) -> Row {
        self.id = Some(id.into());
        self
    }
    fn cell(&self, at: usize, head: &Head) -> Markup {
        let content = self.cells.get(at);
        html! {
            td class=[head.class()] data-p=[head.priority()] data-head=[head.shown_in_cell()] {
                @match (&self.href, content) {
                    (Some(href), Some(content)) if at == 0 => {
                        a class="rowlink" href=(href) { (content) }
                    }
                    (_, Some(content)) => { (content) }
                    _ => {}
                }
            }
        }
    }
}

/// A table in its own sideways-scrolling frame. Show [`crate::empty`] instead when it has no rows.
pub fn table(heads: &[Head], rows: &[Row]) -> Markup {
    framed("tblw", heads, rows)
}

/// A table whose rows become blocks on a narrow screen: for rows with buttons or much text, which
/// columns would crush.
pub fn stacking_table(heads: &[Head], rows: &[Row]) -> Markup {
    framed("tblw tblw--stacks", heads, rows)
}

fn framed(class: &str, heads: &[Head], rows: &[Row]) -> Markup {
    html! {
        div class=(class) {
            table class="tbl" {
                thead { tr {
                    @for head in heads {
                        @if head.label.is_empty() { td data-p=[head.priority()] {} }
                        @else {
                            th scope="col" class=[head.class()] data-p=[head.priority()] {
                                (head.label)
                            }
                        }
                    }
                } }
                tbody data-nav-list {
                    @for row in rows {
                        tr id=[row.id.as_deref()] class=[row.selected.then_some("is-sel")]
                            data-nav-item=[row.href.as_ref().map(|_| "")] {
                            @for (at, head) in heads.iter().enumerate() { (row.cell(at, head)) }
                        }
                    }
                }
            }
        }
    }
}
