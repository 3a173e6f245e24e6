package infrarust.proxy;

/** The command line. */
public final class Infrarust {

    private Infrarust() {}

    /** Entry point of the launcher. */
    public static void main(String[] arguments) {
        System.exit(arguments.length);
    }
}
