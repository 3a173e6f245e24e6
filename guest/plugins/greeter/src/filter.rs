//! A codec filter that lets every packet through.
//!
//! The world wants a filter from every plugin. This one is honest and does the least a filter can do, which makes it
//! the measure of what one call into a component costs. The plugin does not register it: the packets of real players
//! take the way without it.

use crate::Greeter;
use crate::bindings::exports::infrarust::plugin::codec_filter::{
    CodecSessionInit, ConnectionState, FilterInstance, FilterOutput, Guest, GuestFilterInstance, HandlerId,
};

impl Guest for Greeter {
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
