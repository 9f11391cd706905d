using System.ComponentModel.DataAnnotations;

namespace Agent.Providers.OpenAi.Speech;

/// <summary>Settings of OpenAI's recognisers, in the configuration section <c>Providers:OpenAi:Transcription</c>.</summary>
public sealed class OpenAiTranscriptionOptions
{
    /// <summary>Whether models that can are used over the Realtime API, with results while somebody speaks; otherwise each segment is sent as a file.</summary>
    /// <value>Default true. Servers that imitate OpenAI's API mostly need false.</value>
    public bool Realtime { get; set; } = true;

    /// <summary>Text that guides the model: names to expect, a style. Not for gpt-realtime-whisper.</summary>
    /// <value>Default none.</value>
    public string? Prompt { get; set; }

    /// <summary>Words and names to expect, for gpt-transcribe and gpt-live-transcribe.</summary>
    /// <value>Default none.</value>
    public IList<string> Keywords { get; } = [];

    /// <summary>Who finds the ends of speech over the Realtime API.</summary>
    /// <value>Default <see cref="OpenAiTurnDetection.None"/>: the session's own voice activity.</value>
    [EnumDataType(typeof(OpenAiTurnDetection))]
    public OpenAiTurnDetection TurnDetection { get; set; }

    /// <summary>How loud speech is, for <see cref="OpenAiTurnDetection.ServerVad"/>.</summary>
    /// <value>0 to 1; default null: the vendor's own, 0.5.</value>
    [Range(0.0, 1.0)]
    public double? VadThreshold { get; set; }

    /// <summary>Silence that ends speech, for <see cref="OpenAiTurnDetection.ServerVad"/>.</summary>
    /// <value>0.05 to 10 s; default null: the vendor's own, 0.5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:10")]
    public TimeSpan? VadSilence { get; set; }

    /// <summary>What is taken out of the audio over the Realtime API before it is understood.</summary>
    /// <value>Default <see cref="OpenAiNoiseReduction.None"/>.</value>
    [EnumDataType(typeof(OpenAiNoiseReduction))]
    public OpenAiNoiseReduction NoiseReduction { get; set; }

    /// <summary>Whether words come with their times where whole segments are sent, which takes the vendor a little longer.</summary>
    /// <value>Default null: with whisper-1 only, which is the one that has them.</value>
    public bool? WordTimings { get; set; }

    /// <summary>Speech without a pause of the session's own is cut at the next quiet place after this, so that its text does not come late.</summary>
    /// <value>2 to 300 s; default 20 s.</value>
    [Range(typeof(TimeSpan), "00:00:02", "00:05:00")]
    public TimeSpan LongestSegment { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a connection of the Realtime API is used; the next takes over between two utterances. The vendor ends one after 60 minutes.</summary>
    /// <value>10 s to 59 min; default 50 min.</value>
    [Range(typeof(TimeSpan), "00:00:10", "00:59:00")]
    public TimeSpan MaxSessionAge { get; set; } = TimeSpan.FromMinutes(50);

    /// <summary>Audio that may wait for the connection; the oldest is dropped and counted when more comes.</summary>
    /// <value>1 to 120 s; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Backlog { get; set; } = TimeSpan.FromSeconds(30);
}
