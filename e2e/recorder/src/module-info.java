/** Writes down every event of players and connections, for the tests. */
module infrarust.e2e.recorder {
    requires infrarust.api;
    requires jdk.httpserver;

    provides infrarust.api.Plugin with
            infrarust.e2e.recorder.Recorder;
}
