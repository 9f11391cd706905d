using Agent.LiveKit.Rtc;
using Agent.LiveKit.Rtc.Native;
using Agent.Pipeline.Errors;

namespace Agent.Tests.LiveKit.Rtc.Native;

public class GuardTests
{
    [Fact]
    public void Text_ThatCannotBeEncoded_IsRefused()
    {
        // Not as the data of a theory: attributes are stored as UTF-8, which half a surrogate pair does not survive.
        foreach (var text in new[] { "\uD83D", "half \uDE00", "\uDE00\uD83D", "nul \0 within" })
            Assert.Throws<ArgumentException>(() => Guard.Text(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Grüße, 世界 😀")]
    public void Text_ThatCan_Passes(string text) => Guard.Text(text);

    [Fact]
    public void Text_TooLong_NamesTheLimit() =>
        Assert.Contains("4194304", Assert.Throws<ArgumentException>(() => Guard.Text(new string('a', Guard.MaxTextLength + 1))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("TR_")]
    [InlineData("PA_abc")]
    [InlineData("tr_abc")]
    public void TrackSid_Malformed_IsRefusedBeforeItCanPanic(string sid) => Assert.Throws<ArgumentException>(() => Guard.TrackSid(sid));

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Room(new RoomOptions { ConnectTimeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Room(new RoomOptions { JoinRetries = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Room(new RoomOptions { MaxStreamBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Room(new RoomOptions { CloseTimeout = TimeSpan.FromHours(1) }));
        Assert.Throws<ConfigurationException>(() => new Room(new RoomOptions { IceServers = [new IceServer { Urls = ["http://example.com"] }] }));
        Assert.Throws<ConfigurationException>(() => new Room(new RoomOptions { IceServers = [new IceServer { Urls = [] }] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AudioSource(new AudioSourceOptions { SampleRateHz = 44_100 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AudioStreamOptions { SampleRateHz = 0 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new AudioStreamOptions { MaxQueue = TimeSpan.Zero }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrackPublishOptions { MaxBitrate = 1 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrackPublishOptions { Source = (TrackSource)99 }.Validate());
        Assert.Throws<ArgumentException>(() => new TextStreamOptions { Topic = "" }.Validate());
        Assert.Throws<ArgumentException>(() => new TextStreamOptions { Topic = "t", DestinationIdentities = [""] }.Validate());
        Assert.Throws<ArgumentException>(() => new TextStreamOptions { Topic = "t", Attributes = new Dictionary<string, string> { ["k"] = "\uD800" } }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteStreamOptions { Topic = "t", TotalLength = -1 }.Validate());
    }

    [Fact]
    public void IceServer_ToString_HidesThePassword()
    {
        var text = new IceServer { Urls = ["turn:192.0.2.1"], Username = "me", Password = "hidden" }.ToString();
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.Contains("me", text, StringComparison.Ordinal);
    }
}
