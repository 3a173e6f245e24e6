package infrarust.proxy.config;

/**
 * One address of a server, and how much of the server's players it is meant to take.
 *
 * @param address where it listens
 * @param weight its share, relative to the weights of the server's other addresses; at least 1
 */
public record Backend(Address address, int weight) {

    public Backend {
        if (weight < 1) {
            throw new IllegalArgumentException("the weight " + weight + " is below 1");
        }
    }

    /** An address with the weight 1. */
    public static Backend of(Address address) {
        return new Backend(address, 1);
    }

    /** The address, with the weight behind it unless it is 1. */
    @Override
    public String toString() {
        return weight == 1 ? address.toString() : address + " (weight " + weight + ")";
    }
}
