using Microsoft.Extensions.Options;

namespace Agent.Worker.Configuration;

/// <summary>Says which of the three settings is missing, all at once, and what an address looks like.</summary>
internal sealed class LiveKitOptionsValidator : IValidateOptions<LiveKitOptions>
{
    public ValidateOptionsResult Validate(string? name, LiveKitOptions options)
    {
        List<string> missing = [];
        if (string.IsNullOrWhiteSpace(options.Url))
            missing.Add("LIVEKIT_URL");
        if (string.IsNullOrWhiteSpace(options.ApiKey))
            missing.Add("LIVEKIT_API_KEY");
        if (string.IsNullOrWhiteSpace(options.ApiSecret))
            missing.Add("LIVEKIT_API_SECRET");
        if (missing.Count > 0)
        {
            return ValidateOptionsResult.Fail(
                $"{string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} not set. Set LIVEKIT_URL (for example ws://localhost:7880), "
                + "LIVEKIT_API_KEY and LIVEKIT_API_SECRET in the environment, or the section LiveKit in appsettings.json.");
        }

        return Uri.TryCreate(options.Url, UriKind.Absolute, out var url) && url.Scheme is "ws" or "wss" or "http" or "https" && url.Host.Length > 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"LIVEKIT_URL is '{options.Url}', which is not an address of a LiveKit server. It looks like wss://livekit.example.com or ws://localhost:7880.");
    }
}
