package infrarust.wasm.component.wit;

import infrarust.wasm.component.Wit;
import infrarust.wasm.component.type.ComponentException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command {@code wit FILE}: prints a component as WIT, or one sentence and exit code 1. */
public final class WitCommand {

    private WitCommand() {}

    /** Takes the path of one component. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        if (arguments.length != 1) {
            out.println("usage: wit FILE");
            System.exit(2);
        }
        try {
            out.print(Wit.of(Files.readAllBytes(Path.of(arguments[0]))));
        } catch (ComponentException e) {
            out.println(arguments[0] + ": " + e.getMessage());
            System.exit(1);
        }
        out.flush();
    }
}
