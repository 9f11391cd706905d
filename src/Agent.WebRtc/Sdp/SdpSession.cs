namespace Agent.WebRtc.Sdp;

/// <summary>A session description as written (RFC 8866), reduced to what WebRTC uses: attributes and media sections.</summary>
internal sealed class SdpSession
{
    public List<SdpAttribute> Attributes { get; } = [];

    public List<SdpMedia> Media { get; } = [];

    public static string? Find(List<SdpAttribute> attributes, string name)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Name.Equals(name, StringComparison.Ordinal)) return attribute.Value;
        }

        return null;
    }

    public string? Find(string name) => Find(Attributes, name);
}
