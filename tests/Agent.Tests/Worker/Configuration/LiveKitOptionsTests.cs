using Agent.Worker.Configuration;

namespace Agent.Tests.Worker.Configuration;

public class LiveKitOptionsTests
{
    private readonly LiveKitOptionsValidator _validator = new();

    [Fact]
    public void Validate_NothingSet_NamesAllThreeVariables()
    {
        var message = _validator.Validate(null, new LiveKitOptions()).FailureMessage;
        Assert.StartsWith("LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET are not set.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SecretMissing_NamesItAlone()
    {
        var message = _validator.Validate(null, new LiveKitOptions { Url = "ws://localhost", ApiKey = "key" }).FailureMessage;
        Assert.StartsWith("LIVEKIT_API_SECRET is not set.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:7880")]
    [InlineData("ftp://localhost")]
    [InlineData("ws://")]
    [InlineData("not an address")]
    public void Validate_NoAddress_SaysWhatWasSeenAndHowOneLooks(string url)
    {
        var message = _validator.Validate(null, new LiveKitOptions { Url = url, ApiKey = "key", ApiSecret = "hush" }).FailureMessage;
        Assert.Contains($"'{url}'", message, StringComparison.Ordinal);
        Assert.Contains("wss://", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ws://localhost:7880")]
    [InlineData("wss://livekit.example.com/path")]
    [InlineData("https://livekit.example.com")]
    public void Validate_Address_Succeeds(string url) =>
        Assert.True(_validator.Validate(null, new LiveKitOptions { Url = url, ApiKey = "key", ApiSecret = "secret" }).Succeeded);
}
