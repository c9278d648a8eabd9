//! Our own line icons, drawn in the colour of the text beside them. They are decoration: the words say it all.

use leptos::prelude::*;

/// The drawing of an icon, on a 24 × 24 grid.
fn path(name: &str) -> &'static str {
    match name {
        "search" => "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm4.8 11.3L20 20",
        "close" => "M6 6l12 12M18 6 6 18",
        "check" => "M5 12.5l4.5 4.5L19 7.5",
        "alert" => "M12 4 2.8 19.5h18.4L12 4zm0 6v4.5m0 2.7v.1",
        "info" => "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5m0-8.2v.1",
        "bulb" => "M9 18h6m-5 3h4m-5.5-6.2A6 6 0 1 1 15.5 14.8c-.9.7-1.3 1.4-1.5 2.2h-4c-.2-.8-.6-1.5-1.5-2.2z",
        "list" => "M9 6h11M9 12h11M9 18h11M4.5 6h.1M4.5 12h.1M4.5 18h.1",
        "play" => "M4 5h16v11H11l-5 4v-4H4z",
        "settings" => "M4 7h9m5 0h2M4 17h3m5 0h8M15.5 4.5v5M9.5 14.5v5",
        "flag" => "M6 21V4.5M6 5h11l-2.2 4L17 13H6",
        "open" => "M13 5h6v6m0-6-8.5 8.5M10 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-4",
        "down" => "M6 9.5l6 6 6-6",
        "up" => "M6 14.5l6-6 6 6",
        "clock" => "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.500V12l3 2",
        "plus" => "M12 5v14M5 12h14",
        "star" => {
            "M12 3.500l2.600 5.400 5.900.800-4.300 4.100 1 5.900-5.200-2.800-5.200 2.800 1-5.900L3.500 9.700l5.900-.800z"
        }
        "trash" => "M5 7h14M10 7V4.8h4V7m-7.5 0 .9 12.5h9.2L17.5 7M10.3 11v5m3.4-5v5",
        "person" => {
            "M12 4.5a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6zM4.8 20c.7-3.6 3.5-5.4 7.2-5.4s6.500 1.800 7.200 5.400"
        }
        "note" => "M5 4.500h14v10L14.500 19.500H5zM14.500 19.500v-5H19M8.500 9h7M8.500 12.500h4",
        "save" => "M6.500 4h11v16L12 15.800 6.500 20z",
        "download" => "M12 4v11m-4.500-4.500L12 15l4.500-4.500M5 19.500h14",
        "upload" => "M12 15V4M7.500 8.500 12 4l4.500 4.500M5 19.500h14",
        "reply" => "M10 6 4.500 11.500 10 17M5 11.500h8.500c3.500 0 6 2.200 6 6",
        _ => "M12 12h.1",
    }
}

/// An icon by name.
pub fn icon(name: &str) -> impl IntoView + use<> {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=path(name)></path>
        </svg>
    }
}
