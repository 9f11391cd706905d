using Agent.WebRtc.Native;

namespace Agent.Tests.WebRtc.Native;

public sealed class NativeLibrariesTests
{
    [Fact]
    public void Load_NotThere_NamesWhatWasTriedAndWhatToType()
    {
        var missing = Assert.Throws<NativeLibraryException>(() => NativeLibraries.Load("libnothing.so.9", "libnothing9"));
        Assert.Contains(Path.Combine("native", "libnothing.so.9"), missing.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libnothing9", missing.Message, StringComparison.Ordinal);
    }
}
