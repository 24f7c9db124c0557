//! Moving through the matrix by keyboard, as the grid pattern of the ARIA Authoring Practices says: one cell is
//! in the tab order, and arrows, Home and End go on from there.
//!
//! Every cell that can be reached has `data-line` (its row) and `data-role` (its column). Which of them is in
//! the tab order is known here by these two and not by its place, because others add and delete columns while
//! somebody is in the middle of it.

use domain::Permission;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, Node};

const CELL: &str = "[data-line]";
/// The `data-line` of the heads.
pub const HEADS: &str = "role";

/// Where the keyboard is in the matrix.
#[derive(Clone, Copy)]
pub struct Cursor {
    /// What finds the cell that is in the tab order; empty for the first one.
    at: StoredValue<String>,
    /// What finds the cell that the focus goes to as soon as it is there; empty if it goes nowhere.
    goal: StoredValue<String>,
    /// What there is to say about the cell.
    said: RwSignal<String>,
    /// The code of the permission that the reader lacks to change the cell; empty where there is none.
    lacks: RwSignal<String>,
}

impl Cursor {
    pub fn new() -> Self {
        Self {
            at: StoredValue::new(String::new()),
            goal: StoredValue::new(String::new()),
            said: RwSignal::default(),
            lacks: RwSignal::default(),
        }
    }

    /// What there is to say about the cell with the focus, such as why it can't be changed. Tracked.
    pub fn said(self) -> String {
        self.said.get()
    }

    /// The permission that the reader lacks to change the cell with the focus. Tracked.
    pub fn lacks(self) -> Option<Permission> {
        self.lacks.with(|code| Permission::from_code(code))
    }

    /// Goes to the head of a role as soon as it has a column.
    pub fn go_to(self, role: &str) {
        self.goal.set_value(finder(HEADS, role));
    }

    /// The focus came into a cell.
    pub fn arrived(self, event: &Event) {
        let Some(cell) = cell_of(event) else { return };
        self.at.set_value(finder(&attribute(&cell, "data-line"), &attribute(&cell, "data-role")));
        self.stay_at(&cell);
    }

    /// A key was pressed in a cell.
    pub fn pressed(event: &KeyboardEvent) {
        let Some(cell) = cell_of(event).filter(|_| !event.alt_key() && !event.meta_key()) else { return };
        let Ok(Some(table)) = cell.closest("table") else { return };
        let (Ok(cells), Ok(heads)) =
            (table.query_selector_all(CELL), table.query_selector_all("thead [data-line]"))
        else {
            return;
        };
        let is_it = |at: &u32| cells.item(*at).is_some_and(|other| other.is_same_node(Some(&cell)));
        let Some(at) = (0..cells.length()).find(is_it) else { return };
        let size = Size { columns: heads.length(), cells: cells.length() };
        let to = size.target(at, &event.key(), event.ctrl_key()).and_then(|to| cells.item(to));
        if let Some(to) = to {
            event.prevent_default();
            focus(&to);
        }
    }

    /// The cells are being drawn anew, all of them out of the tab order: once they are there, the one of before is
    /// found again.
    pub fn settle(self) {
        request_animation_frame(move || {
            let (Some(goal), Ok(Some(table))) =
                (self.goal.try_get_value(), document().query_selector("table.matrix"))
            else {
                return;
            };
            let find = |what: &str| table.query_selector(what).ok().flatten();
            let known = |what: String| if what.is_empty() { None } else { find(&what) };
            if let Some(cell) = known(goal) {
                self.goal.set_value(String::new());
                return focus(&cell);
            }
            let Some(cell) = known(self.at.get_value()).or_else(|| find(CELL)) else { return };
            self.stay_at(&cell);
            // Columns are drawn where others were: the focus follows the role that it was on.
            if find("[data-line]:focus").is_some_and(|now| !now.is_same_node(Some(&cell))) {
                focus(&cell);
            }
        });
    }

    /// Puts this cell, and no other, into the tab order.
    fn stay_at(self, cell: &Element) {
        let table = cell.closest("table").ok().flatten();
        let others = table.and_then(|table| table.query_selector_all("[data-line][tabindex='0']").ok());
        let others =
            others.iter().flat_map(|others| (0..others.length()).filter_map(move |at| others.item(at)));
        for other in others {
            drop(other.unchecked_ref::<Element>().set_attribute("tabindex", "-1"));
        }
        drop(cell.set_attribute("tabindex", "0"));
        let title = attribute(cell, "title");
        let said =
            if title.is_empty() { title } else { format!("{}: {title}", attribute(cell, "aria-label")) };
        self.said.set(said);
        let lacks = attribute(cell, "data-lacks");
        // What is asked about one cell stays open on the way to another that lacks the same.
        if self.lacks.with_untracked(|before| *before != lacks) {
            self.lacks.set(lacks);
        }
    }
}

/// How many cells there are, row by row.
struct Size {
    columns: u32,
    cells: u32,
}

impl Size {
    /// The cell that a key leads to. There is no way round the edges.
    fn target(&self, at: u32, key: &str, control: bool) -> Option<u32> {
        let first = at - at.checked_rem(self.columns)?;
        let (last, end) = (first + self.columns - 1, self.cells - 1);
        let to = match (key, control) {
            ("ArrowLeft", false) => at.checked_sub(1).filter(|to| *to >= first)?,
            ("ArrowRight", false) => at + 1,
            ("ArrowUp", false) => at.checked_sub(self.columns)?,
            ("ArrowDown", false) => at + self.columns,
            ("Home", false) => first,
            ("End", false) => last,
            ("Home", true) => 0,
            ("End", true) => end,
            _ => return None,
        };
        let there_is = to <= if key == "ArrowRight" { last } else { end };
        there_is.then_some(to)
    }
}

/// The cell in which something happened.
pub fn cell_of(event: &Event) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(CELL).ok().flatten()
}

/// What an attribute says; nothing where there is none.
pub fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

fn finder(line: &str, role: &str) -> String {
    format!("[data-line='{line}'][data-role='{role}']")
}

fn focus(cell: &Node) {
    drop(cell.unchecked_ref::<HtmlElement>().focus());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_to_cells_and_not_round_the_edges() {
        // 3 rows of 4.
        let size = Size { columns: 4, cells: 12 };
        let to = |at, key| size.target(at, key, false);
        assert_eq!([to(5, "ArrowLeft"), to(5, "ArrowRight")], [Some(4), Some(6)]);
        assert_eq!([to(5, "ArrowUp"), to(5, "ArrowDown")], [Some(1), Some(9)]);
        assert_eq!([to(5, "Home"), to(5, "End")], [Some(4), Some(7)]);
        assert_eq!([size.target(5, "Home", true), size.target(5, "End", true)], [Some(0), Some(11)]);
        for (at, key) in [(4, "ArrowLeft"), (0, "ArrowLeft"), (7, "ArrowRight"), (11, "ArrowRight")] {
            assert_eq!(to(at, key), None, "{at} {key}");
        }
        assert_eq!([to(3, "ArrowUp"), to(8, "ArrowDown"), to(5, " ")], [None; 3]);
        assert_eq!(Size { columns: 0, cells: 0 }.target(0, "End", true), None);
    }
}
