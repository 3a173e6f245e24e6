//! Greets who comes in by name, and keeps out who is on a list.
//!
//! The list is the file `denied-names.txt` in the plugin's data folder, which the proxy mounts as `/`. It is read
//! once, when the plugin is enabled. Without the file nobody is kept out.
//!
//! ```text
//! # one name per line, in upper or lower case
//! Griefer
//! ```
//!
//! The plugin needs no capability beyond those that every plugin has.

mod bindings;
mod denied;
mod filter;
mod text;

use std::cell::RefCell;
use std::collections::HashMap;

use bindings::exports::infrarust::plugin::guest::{
    Event, EventOutcome, Guest, HandlerId, HandlerResult, ListenerHandle, PermissionLevel, PlayerId, PluginMetadata,
    PostLoginEvent, PreLoginEvent, PreLoginResult, SessionEndReason,
};
use bindings::infrarust::plugin::event_bus::{self, EventKind};
use bindings::infrarust::plugin::limbo::LimboSession;
use bindings::infrarust::plugin::{log, player_registry};
use denied::DeniedNames;

/// Where the list lies in the file system that the proxy gives to this plugin.
const DENIED_NAMES: &str = "/denied-names.txt";

/// The level in the middle of [`event_bus::EventPriority`].
const PRIORITY_NORMAL: u8 = 128;

/// What to do when the proxy calls with one of our subscriptions.
#[derive(Clone, Copy)]
enum Subscription {
    KeepOut,
    Greet,
}

/// What the plugin remembers between two calls.
#[derive(Default)]
struct State {
    denied: DeniedNames,
    subscriptions: HashMap<ListenerHandle, Subscription>,
}

thread_local! {
    // The proxy makes one call at a time, all on one thread as far as the component can tell.
    static STATE: RefCell<State> = RefCell::default();
}

struct Greeter;

bindings::export!(Greeter with_types_in bindings);

impl Guest for Greeter {
    fn metadata() -> PluginMetadata {
        PluginMetadata {
            id: env!("CARGO_PKG_NAME").into(),
            name: "Greeter".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            authors: env!("CARGO_PKG_AUTHORS").split(':').map(Into::into).collect(),
            description: Some(env!("CARGO_PKG_DESCRIPTION").into()),
            dependencies: Vec::new(),
        }
    }

    fn on_enable() -> Result<(), String> {
        let denied = DeniedNames::read(DENIED_NAMES)?;
        log::info(&format!("{} name(s) on the list of who stays outside", denied.len()));
        // Standard output goes where the proxy sends it, which may be nowhere; what an operator has to know is logged.
        println!("greeter {} is enabled", env!("CARGO_PKG_VERSION"));

        let subscribe = |kind, what| (event_bus::subscribe(kind, PRIORITY_NORMAL), what);
        STATE.set(State {
            denied,
            subscriptions: HashMap::from([
                subscribe(EventKind::PreLogin, Subscription::KeepOut),
                subscribe(EventKind::PostLogin, Subscription::Greet),
            ]),
        });
        Ok(())
    }

    fn on_disable() -> Result<(), String> {
        println!("greeter is disabled");
        Ok(())
    }

    fn handle_event(listener: ListenerHandle, ev: Event) -> EventOutcome {
        let subscription = STATE.with_borrow(|state| state.subscriptions.get(&listener).copied());
        match (subscription, ev) {
            (Some(Subscription::KeepOut), Event::PreLogin(event)) => keep_out(&event),
            (Some(Subscription::Greet), Event::PostLogin(event)) => {
                greet(&event);
                EventOutcome::None
            }
            _ => EventOutcome::None,
        }
    }

    // What follows belongs to commands, tasks, limbo and permissions. The plugin registers none of them, so the proxy
    // never calls; the world wants the functions all the same.

    fn handle_command(_callback: u64, _args: Vec<String>, _player: Option<PlayerId>) {}

    fn tab_complete(_callback: u64, _partial: Vec<String>, _cursor: u32) -> Vec<String> {
        Vec::new()
    }

    fn on_scheduled_task(_callback: u64) {}

    fn limbo_on_player_enter(_handler: HandlerId, _session: &LimboSession) -> HandlerResult {
        HandlerResult::Accept
    }

    fn limbo_on_command(_handler: HandlerId, _session: &LimboSession, _command: String, _args: Vec<String>) {}

    fn limbo_on_chat(_handler: HandlerId, _session: &LimboSession, _message: String) {}

    fn limbo_on_disconnect(_handler: HandlerId, _player: PlayerId) {}

    fn limbo_on_session_end(_handler: HandlerId, _player: PlayerId, _reason: SessionEndReason) {}

    fn permission_level_of(_handler: HandlerId) -> PermissionLevel {
        PermissionLevel::Player
    }

    fn check_permission(_handler: HandlerId, _permission: String) -> bool {
        false
    }
}

/// Denies the login when the name is on the list, and else leaves alone what others decided.
fn keep_out(event: &PreLoginEvent) -> EventOutcome {
    let name = &event.profile.username;
    if !STATE.with_borrow(|state| state.denied.contains(name)) {
        return EventOutcome::None;
    }
    log::info(&format!(
        "{name} from {} is on the list and stays outside",
        event.remote_addr
    ));
    let reason = text::coloured("red", &format!("{name}, you are not welcome on this server."));
    EventOutcome::PreLogin(PreLoginResult::Denied(reason))
}

/// Says hello in the player's chat.
fn greet(event: &PostLoginEvent) {
    let name = &event.profile.username;
    let Some(player) = player_registry::get_player_by_id(event.player_id) else {
        log::debug(&format!("{name} left before being greeted"));
        return;
    };
    match player.send_message(&text::coloured("gold", &format!("Welcome, {name}!"))) {
        Ok(()) => log::info(&format!("greeted {name}")),
        Err(error) => log::warn(&format!("could not greet {name}: {error}")),
    }
}
