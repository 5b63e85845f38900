package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.FileSystem;
import cofferdam.monitor.disk.Problem;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A file system whose extents a test writes by hand. */
record FakeFileSystem(List<FileExtent> extents) implements FileSystem {

    @Override
    public String type() {
        return "fakefs";
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public List<Problem> problems() {
        return List.of();
    }

    @Override
    public List<Problem> walk(Consumer<FileExtent> visitor) {
        extents.forEach(visitor);
        return List.of();
    }

    @Override
    public Optional<ByteSource> file(String path) {
        return Optional.empty();
    }
}
