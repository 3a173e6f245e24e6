/** The native plugins shipped in the box; they know only the API. */
module infrarust.nativeplugins {
    requires infrarust.api;
    requires static org.jspecify;
}
