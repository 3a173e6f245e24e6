package infrarust.wasm.component.wasi;

import infrarust.wasm.component.wasi.WasiFilesystem.ErrorCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** A file operation that ends with an error code for the guest. Stackless, since a guest may provoke it as it likes. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    Refused(ErrorCode code) {
        super(code.name(), null, false, false);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }

    /** The code for what Java reports; its texts hold paths of the host and stay here. */
    static ErrorCode codeOf(IOException e) {
        return switch (e) {
            case NoSuchFileException gone -> ErrorCode.NO_ENTRY;
            case FileAlreadyExistsException there -> ErrorCode.EXIST;
            case DirectoryNotEmptyException full -> ErrorCode.NOT_EMPTY;
            case AccessDeniedException denied -> ErrorCode.ACCESS;
            case NotDirectoryException file -> ErrorCode.NOT_DIRECTORY;
            case FileSystemLoopException loop -> ErrorCode.LOOP;
            case FileSystemException other -> byReason(other.getReason() == null ? "" : other.getReason());
            default -> byReason(e.getMessage() == null ? "" : e.getMessage());
        };
    }

    private static ErrorCode byReason(String reason) {
        // Java has no types for these; the texts are the C library's.
        if (reason.contains("Is a directory")) {
            return ErrorCode.IS_DIRECTORY;
        } else if (reason.contains("Not a directory")) {
            return ErrorCode.NOT_DIRECTORY;
        } else if (reason.contains("Too many levels of symbolic links")) {
            return ErrorCode.LOOP;
        } else if (reason.contains("No space left")) {
            return ErrorCode.INSUFFICIENT_SPACE;
        } else if (reason.contains("File name too long")) {
            return ErrorCode.NAME_TOO_LONG;
        } else if (reason.contains("Read-only file system")) {
            return ErrorCode.READ_ONLY;
        }
        return ErrorCode.IO;
    }
}
