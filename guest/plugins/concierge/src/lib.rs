//! Knows where everybody is, minds the language, and shows people the door: commands, completion, a task, chat and bans.
//!
//! | command | does |
//! |---|---|
//! | `/where [player]` | says on which server a player is, by default the one who asks |
//! | `/exile <player> [hours]` | bans a name, for ever without a number of hours; needs the capability `ban` |
//!
//! What is said in chat is kept back when it holds a word of the file `words.txt` in the data folder, one a line.

mod bindings;
mod filter;
mod text;

use std::cell::RefCell;
use std::fs;

use bindings::exports::infrarust::plugin::guest::{
    ChatMessageEvent, ChatMessageResult, Event, EventOutcome, Guest, HandlerId, HandlerResult, ListenerHandle,
    PermissionLevel, PlayerId, PluginMetadata, SessionEndReason,
};
use bindings::infrarust::plugin::event_bus::{self, EventKind};
use bindings::infrarust::plugin::limbo::LimboSession;
use bindings::infrarust::plugin::types::{BanTarget, ServiceError};
use bindings::infrarust::plugin::{
    ban_service, command_manager, config_service, log, player_registry, scheduler, server_manager,
};

/// The level in the middle of [`event_bus::EventPriority`].
const PRIORITY_NORMAL: u8 = 128;

/// What the proxy calls back with; the plugin chooses the numbers.
const WHERE: u64 = 1;
const EXILE: u64 = 2;
const AWAKE: u64 = 3;

thread_local! {
    // The proxy makes one call at a time, all on one thread as far as the component can tell.
    static WORDS: RefCell<Vec<String>> = RefCell::default();
}

struct Concierge;

bindings::export!(Concierge with_types_in bindings);

impl Guest for Concierge {
    fn metadata() -> PluginMetadata {
        PluginMetadata {
            id: env!("CARGO_PKG_NAME").into(),
            name: "Concierge".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            authors: env!("CARGO_PKG_AUTHORS").split(':').map(Into::into).collect(),
            description: Some(env!("CARGO_PKG_DESCRIPTION").into()),
            dependencies: Vec::new(),
        }
    }

    fn on_enable() -> Result<(), String> {
        let words = fs::read_to_string("/words.txt").unwrap_or_default();
        WORDS.set(words.split_whitespace().map(str::to_lowercase).collect());
        event_bus::subscribe(EventKind::ChatMessage, PRIORITY_NORMAL);
        command_manager::register("where", &["whereis".into()], "says on which server a player is", WHERE);
        command_manager::register("exile", &[], "bans a name", EXILE);
        scheduler::delay(10, AWAKE);
        Ok(())
    }

    fn on_disable() -> Result<(), String> {
        Ok(())
    }

    fn handle_event(_listener: ListenerHandle, ev: Event) -> EventOutcome {
        match ev {
            Event::ChatMessage(said) => mind(&said),
            _ => EventOutcome::None,
        }
    }

    fn handle_command(callback: u64, args: Vec<String>, player: Option<PlayerId>) {
        let answer = match callback {
            WHERE => whereabouts(args.first(), player),
            EXILE => exile(&args),
            _ => return,
        };
        match player.and_then(player_registry::get_player_by_id) {
            Some(asker) => {
                if let Err(error) = asker.send_message(&text::coloured("gray", &answer)) {
                    log::warn(&format!("nobody heard \"{answer}\": {error}"));
                }
            }
            None => log::info(&answer),
        }
    }

    fn tab_complete(_callback: u64, partial: Vec<String>, _cursor: u32) -> Vec<String> {
        let begun = partial.last().map(|word| word.to_lowercase()).unwrap_or_default();
        let names = player_registry::get_all_players()
            .into_iter()
            .map(|player| player.profile().username);
        names.filter(|name| name.to_lowercase().starts_with(&begun)).collect()
    }

    fn on_scheduled_task(callback: u64) {
        if callback == AWAKE {
            log::info(&format!(
                "awake: {} player(s), {} server(s), {} of them started and stopped by the proxy",
                player_registry::online_count(),
                config_service::get_all_server_configs().len(),
                server_manager::get_all_servers().len(),
            ));
        }
    }

    // What follows belongs to limbo and permissions, of which the plugin has none.

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

/// Keeps back what holds one of the words.
fn mind(said: &ChatMessageEvent) -> EventOutcome {
    let message = said.message.to_lowercase();
    if WORDS.with_borrow(|words| words.iter().any(|word| message.contains(word.as_str()))) {
        let reason = text::coloured("red", "Mind your language, please.");
        return EventOutcome::ChatMessage(ChatMessageResult::Deny(reason));
    }
    EventOutcome::None
}

fn whereabouts(name: Option<&String>, asker: Option<PlayerId>) -> String {
    let found = match name {
        Some(name) => player_registry::get_player(name),
        None => asker.and_then(player_registry::get_player_by_id),
    };
    let Some(player) = found else {
        return "No such player is here.".into();
    };
    let name = player.profile().username;
    match player.current_server() {
        Some(server) => format!("{name} is on {server}."),
        None => format!("{name} is on no server."),
    }
}

fn exile(args: &[String]) -> String {
    let Some(name) = args.first() else {
        return "Usage: exile <player> [hours]".into();
    };
    let hours = match args.get(1).map(|text| text.parse::<u64>()) {
        Some(Ok(hours)) => Some(hours.saturating_mul(3_600_000)),
        Some(Err(_)) => return "Usage: exile <player> [hours]".into(),
        None => None,
    };
    let target = BanTarget::Username(name.clone());
    match ban_service::ban(&target, Some("exiled"), hours) {
        Ok(()) => format!("{name} is exiled."),
        Err(ServiceError::OperationFailed(why) | ServiceError::Unavailable(why) | ServiceError::NotFound(why)) => {
            format!("{name} stays: {why}")
        }
    }
}
