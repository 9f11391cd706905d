namespace Agent.WebRtc.Sdp;

/// <summary>A media section as written.</summary>
/// <param name="Type">audio, video, application …</param>
/// <param name="Port">The port; 0 means rejected.</param>
/// <param name="Protocol">E.g. <c>UDP/TLS/RTP/SAVPF</c>.</param>
/// <param name="Formats">Payload types or <c>webrtc-datachannel</c>.</param>
internal sealed record SdpMedia(string Type, int Port, string Protocol, IReadOnlyList<string> Formats)
{
    public List<SdpAttribute> Attributes { get; } = [];

    public string? Find(string name) => SdpSession.Find(Attributes, name);

    public bool Has(string name) => Find(name) is not null;
}
