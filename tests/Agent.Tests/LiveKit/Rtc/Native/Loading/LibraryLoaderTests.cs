using Agent.LiveKit.Rtc.Native.Loading;
using Agent.Pipeline.Errors;

namespace Agent.Tests.LiveKit.Rtc.Native.Loading;

public class LibraryLoaderTests
{
    [Fact]
    public void Load_InstalledLibrary_HasTheCInterface()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "native", "rtc-node.linux-x64-gnu.node");
        Assert.True(File.Exists(path), $"{path} is missing. Install it: npm ci --prefix native");
        Assert.NotNull(LibraryLoader.Load(path));
    }

    [Fact]
    public void Load_SettingThatNamesNothing_NamesTheSetting()
    {
        var error = Assert.Throws<ConfigurationException>(() => LibraryLoader.Load("/nowhere/liblivekit_ffi.so"));
        Assert.Contains("/nowhere/liblivekit_ffi.so", error.Message, StringComparison.Ordinal);
        Assert.Contains(LibraryLocator.Variable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileThatIsNoLibrary_SaysWhatToDo()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "no library");
            var error = Assert.Throws<ConfigurationException>(() => LibraryLoader.Load(path));
            Assert.Contains("npm ci --prefix native", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Find_Nothing_LeavesItToTheSystemsLoader() => Assert.Null(LibraryLocator.Find(setting: null, "/nowhere"));

    [Fact]
    public void NotFound_NamesEveryPlaceAndTheCommand()
    {
        var message = LibraryLocator.NotFound("/app").Message;
        Assert.Contains("/app/native/rtc-node.linux-x64-gnu.node", message, StringComparison.Ordinal);
        Assert.Contains("liblivekit_ffi.so", message, StringComparison.Ordinal);
        Assert.Contains("./run", message, StringComparison.Ordinal);
    }
}
