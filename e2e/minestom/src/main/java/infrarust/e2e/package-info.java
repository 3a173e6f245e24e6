/**
 * Peers of the newest version, by Minestom: a server to play on, and a client that decodes every packet it gets and reports what
 * it cannot decode or what is left over. Started by the end-to-end tests as processes of their own.
 */
package infrarust.e2e;
