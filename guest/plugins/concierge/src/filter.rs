//! The world wants a codec filter of every plugin. This one lets every packet through, and is never registered.

use crate::Concierge;
use crate::bindings::exports::infrarust::plugin::codec_filter::{
    CodecSessionInit, ConnectionState, FilterInstance, FilterOutput, Guest, GuestFilterInstance, HandlerId,
};

impl Guest for Concierge {
    type FilterInstance = PassThrough;

    fn create(_factory: HandlerId, _init: CodecSessionInit) -> FilterInstance {
        FilterInstance::new(PassThrough)
    }
}

/// One side of one session.
pub struct PassThrough;

impl GuestFilterInstance for PassThrough {
    fn filter(&self, _packet_id: i32, _data: Vec<u8>) -> FilterOutput {
        FilterOutput::Pass
    }

    fn on_state_change(&self, _new_state: ConnectionState) {}

    fn on_compression_change(&self, _threshold: i32) {}

    fn on_encryption_enabled(&self) {}

    fn on_close(&self) {}
}
