using Agent.Protocol;

namespace Agent.DevServer.Tokens;

/// <summary>Track sources as access tokens spell them.</summary>
internal static class TrackSources
{
    public static bool TryParse(string text, out TrackSource source)
    {
        source = text.ToUpperInvariant() switch
        {
            "CAMERA" => TrackSource.Camera,
            "MICROPHONE" => TrackSource.Microphone,
            "SCREEN_SHARE" => TrackSource.ScreenShare,
            "SCREEN_SHARE_AUDIO" => TrackSource.ScreenShareAudio,
            _ => TrackSource.Unknown,
        };
        return source != TrackSource.Unknown;
    }

    public static string Format(TrackSource source) => source switch
    {
        TrackSource.Camera => "camera",
        TrackSource.Microphone => "microphone",
        TrackSource.ScreenShare => "screen_share",
        TrackSource.ScreenShareAudio => "screen_share_audio",
        _ => "unknown",
    };
}
