using System.Text;
using Agent.Providers.AzureSpeech.Usp;
using FsCheck;
using FsCheck.Fluent;

namespace Agent.Tests.Providers.AzureSpeech;

public sealed class UspMessageTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private static readonly UspWriter s_writer = new(TimeProvider.System);

    [Fact]
    public void Text_Written_IsReadAgain() => Prop.ForAll<NonNull<string>>(body =>
    {
        var bytes = Encoding.UTF8.GetBytes(body.Get);

        Assert.True(UspMessage.TryParse(s_writer.Text("text.piece", Id, "text/plain", bytes), isBinary: false, out var message));

        Assert.True(message.IsPath("Text.Piece"u8));
        Assert.True(message.IsOf(Id.ToUpperInvariant()));
        Assert.Equal("text/plain", Encoding.ASCII.GetString(message.ContentType));
        Assert.Equal(bytes, message.Body.ToArray());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Binary_Written_IsReadAgain() => Prop.ForAll<byte[]>(body =>
    {
        var bytes = body ?? [];

        Assert.True(UspMessage.TryParse(s_writer.Binary("audio", Id, contentType: null, bytes, streamId: "7"), isBinary: true, out var message));

        Assert.True(message.IsPath("audio"u8));
        Assert.Equal("7", Encoding.ASCII.GetString(message.StreamId));
        Assert.True(message.ContentType.IsEmpty);
        Assert.Equal(bytes, message.Body.ToArray());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Anything_Received_IsReadOrRefused() => Prop.ForAll<byte[], bool>((bytes, isBinary) =>
    {
        if (UspMessage.TryParse(bytes ?? [], isBinary, out var message))
            Assert.False(message.Path.IsEmpty);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("no headers at all")]
    [InlineData("Path:\r\n\r\nbody")]
    [InlineData("\r\n\r\nPath: body")]
    public void Text_WithoutAPath_IsRefused(string text) => Assert.False(UspMessage.TryParse(Encoding.UTF8.GetBytes(text), isBinary: false, out _));

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 9, 80 })]
    [InlineData(new byte[] { 255, 255, 80, 97, 116, 104, 58, 120 })]
    public void Binary_ShorterThanItSays_IsRefused(byte[] bytes) => Assert.False(UspMessage.TryParse(bytes, isBinary: true, out _));

    [Fact]
    public void Text_AsTheServiceSendsIt_IsRead()
    {
        var text = $$"""X-RequestId:{{Id}}{{"\r\n"}}Content-Type:application/json; charset=utf-8{{"\r\n"}}Path:turn.end{{"\r\n\r\n"}}{}""";

        Assert.True(UspMessage.TryParse(Encoding.UTF8.GetBytes(text), isBinary: false, out var message));

        Assert.True(message.IsPath("turn.end"u8));
        Assert.True(message.IsOf(Id));
        Assert.Equal("{}", Encoding.UTF8.GetString(message.Body.Span));
    }

    [Fact]
    public void Binary_Written_AllocatesNothing()
    {
        var writer = new UspWriter(TimeProvider.System);
        var audio = new byte[1600];
        for (var i = 0; i < 100; i++)
            writer.Binary("audio", Id, contentType: null, audio);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            writer.Binary("audio", Id, contentType: null, audio);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
