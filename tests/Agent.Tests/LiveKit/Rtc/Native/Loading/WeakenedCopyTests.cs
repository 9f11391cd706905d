using Agent.LiveKit.Rtc.Native.Loading;
using Agent.Pipeline.Errors;
using Agent.Tests.LiveKit.Rtc.Harness;

namespace Agent.Tests.LiveKit.Rtc.Native.Loading;

public sealed class WeakenedCopyTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("weakened-copy-test-").FullName;

    private string Cache => Path.Combine(_directory, "cache");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Of_WithoutNodeImports_IsTheFileItself()
    {
        var path = Save(SyntheticElf.With(("malloc", SyntheticElf.Global, 0)));
        using var copy = WeakenedCopy.Of(path, Cache);
        Assert.Equal(path, copy.Path);
        Assert.False(Directory.Exists(Cache));
    }

    [Fact]
    public void Of_WithNodeImports_IsAWeakenedCopyInTheCacheAndLeavesTheOriginal()
    {
        var original = SyntheticElf.With(("napi_call", SyntheticElf.Global, 0));
        var path = Save(original);

        using var copy = WeakenedCopy.Of(path, Cache);

        Assert.StartsWith(Cache, copy.Path, StringComparison.Ordinal);
        Assert.Equal(SyntheticElf.Weak, SyntheticElf.InfoOf(File.ReadAllBytes(copy.Path), 0));
        Assert.Equal(original, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(Cache));
    }

    [Fact]
    public void Of_CopyThatWasCutShort_IsMadeAgain()
    {
        var path = Save(SyntheticElf.With(("napi_call", SyntheticElf.Global, 0)));
        using var first = WeakenedCopy.Of(path, Cache);
        var good = File.ReadAllBytes(first.Path);
        File.WriteAllBytes(first.Path, good[..10]);

        using var second = WeakenedCopy.Of(path, Cache);

        Assert.Equal(first.Path, second.Path);
        Assert.Equal(good, File.ReadAllBytes(second.Path));
    }

    [Fact]
    public async Task Of_ManyAtATime_AllGetTheWholeCopy()
    {
        var path = Save(SyntheticElf.With(("napi_call", SyntheticElf.Global, 0)));
        var copies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => WeakenedCopy.Of(path, Cache))));
        Assert.Single(copies.Select(copy => copy.Path).Distinct(StringComparer.Ordinal));
        Assert.Single(Directory.GetFiles(Cache));
        Assert.Equal(SyntheticElf.Weak, SyntheticElf.InfoOf(File.ReadAllBytes(copies[0].Path), 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_WithoutACache_IsATemporaryCopyThatGoesAway(bool cacheIsAFile)
    {
        var path = Save(SyntheticElf.With(("napi_call", SyntheticElf.Global, 0)));
        if (cacheIsAFile)
            File.WriteAllText(Cache, "in the way");

        var copy = WeakenedCopy.Of(path, cacheIsAFile ? Cache : null);

        Assert.Equal(SyntheticElf.Weak, SyntheticElf.InfoOf(File.ReadAllBytes(copy.Path), 0));
        copy.Dispose();
        Assert.False(Directory.Exists(Path.GetDirectoryName(copy.Path)));
    }

    [Fact]
    public void Of_CacheThatOthersMayWriteTo_IsNotUsed()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(Cache);
        File.SetUnixFileMode(Cache, (UnixFileMode)0b111_111_111);
        using var copy = WeakenedCopy.Of(Save(SyntheticElf.With(("napi_call", SyntheticElf.Global, 0))), Cache);
        Assert.Empty(Directory.GetFiles(Cache));
    }

    [Fact]
    public void Of_DamagedLibrary_SaysHowToInstallIt()
    {
        var file = SyntheticElf.With(("napi_call", SyntheticElf.Global, 0));
        var error = Assert.Throws<ConfigurationException>(() => WeakenedCopy.Of(Save(file[..^100]), Cache));
        Assert.Contains("npm ci --prefix native", error.Message, StringComparison.Ordinal);
    }

    private string Save(byte[] content)
    {
        var path = Path.Combine(_directory, "library.node");
        File.WriteAllBytes(path, content);
        return path;
    }
}
