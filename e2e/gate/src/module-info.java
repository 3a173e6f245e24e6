/** A plugin for the tests alone: decides who comes in, and takes its time to start when it is told to. */
module infrarust.e2e.gate {
    requires infrarust.api;

    provides infrarust.api.Plugin with
            infrarust.e2e.gate.Gate;
}
