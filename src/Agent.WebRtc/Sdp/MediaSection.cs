using Agent.WebRtc.Rtp;
using Agent.WebRtc.Tracks;

namespace Agent.WebRtc.Sdp;

/// <summary>A media section of the connection: it keeps its place in every description from its first one on.</summary>
internal sealed class MediaSection(int index, string mid, SectionKind kind)
{
    public int Index { get; } = index;

    public string Mid { get; set; } = mid;

    public SectionKind Kind { get; set; } = kind;

    public bool IsRejected { get; set; }

    /// <summary>What this side does in the section, as of the local description.</summary>
    public MediaDirection Direction { get; set; }

    public IReadOnlyList<RtpCodec> Codecs { get; set; } = [];

    /// <summary>What the remote side's last description said about feedback; null when this side offers.</summary>
    public IReadOnlyDictionary<byte, IReadOnlyList<string>>? RemoteFeedback { get; set; }

    public HeaderExtensionMap Extensions { get; set; } = new();

    public LocalTrack? Local { get; set; }

    public RemoteTrack? Remote { get; set; }

    /// <summary>Protocol and formats as the remote side wrote them: a rejection repeats them.</summary>
    public SdpMedia? Source { get; set; }

    public int RemoteSctpPort { get; set; }

    public long RemoteMaxMessageSize { get; set; }

    public bool Sends => Direction.HasFlag(MediaDirection.SendOnly);

    public bool Receives => Direction.HasFlag(MediaDirection.RecvOnly);

    public bool IsMedia => Kind is SectionKind.Audio or SectionKind.Video;
}
