using System.Globalization;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Tracks;

namespace Agent.WebRtc.Sdp;

/// <summary>Keeps the media sections in step with the descriptions of both sides (RFC 8829, sections 5.2, 5.3, 5.10 and 5.11).</summary>
internal sealed class Negotiator(PeerConnectionOptions options)
{
    private readonly CodecSelection _codecs = new();

    public List<MediaSection> Sections { get; } = [];

    /// <summary>Whether an offer of ours waits for its answer.</summary>
    public bool HasOpenOffer { get; private set; }

    public MediaSection? Data => Sections.Find(section => section.Kind == SectionKind.Data && !section.IsRejected);

    /// <exception cref="SdpException">The offer does not fit what was agreed before.</exception>
    public void CheckOffer(RemoteDescription offer)
    {
        if (HasOpenOffer) throw new SdpException("An offer of ours waits for its answer; answer it first.");
        if (offer.Media.Count < Sections.Count) throw new SdpException($"An offer keeps every section: at least {Sections.Count}, not {offer.Media.Count}.");
        foreach (var section in Sections)
        {
            var media = offer.Media[section.Index];
            if (!section.IsRejected && !media.IsRejected && media.Mid != section.Mid)
                throw new SdpException($"The section with mid {section.Mid} is now called {media.Mid}.");
        }
    }

    public void ApplyOffer(RemoteDescription offer, IReadOnlyList<LocalTrack> localTracks, NegotiationChanges changes)
    {
        for (var i = 0; i < offer.Media.Count; i++)
        {
            if (i == Sections.Count) Sections.Add(new MediaSection(i, offer.Media[i].Mid, offer.Media[i].Kind));
            ApplyOfferedSection(Sections[i], offer.Media[i], localTracks, changes);
        }
    }

    /// <summary>Makes room for every local track and, when wanted, for data.</summary>
    public void PrepareOffer(IReadOnlyList<LocalTrack> localTracks, bool wantsData)
    {
        HasOpenOffer = true;
        if (wantsData && Data is null) Sections.Add(new MediaSection(Sections.Count, NextMid(), SectionKind.Data));
        foreach (var track in localTracks)
        {
            if (track.Mid is null) Assign(track);
        }

        foreach (var section in Sections)
        {
            section.RemoteFeedback = null;
            if (section.IsMedia)
                section.Direction = DirectionOf(sends: section.Local is not null, receives: section.Remote is not null);
        }
    }

    /// <exception cref="SdpException">The answer does not fit the offer.</exception>
    public void CheckAnswer(RemoteDescription answer)
    {
        if (!HasOpenOffer) throw new SdpException("No offer of ours waits for an answer.");
        if (answer.Media.Count != Sections.Count) throw new SdpException($"An answer has as many sections as its offer: {Sections.Count}, not {answer.Media.Count}.");
        foreach (var section in Sections)
        {
            var media = answer.Media[section.Index];
            if (media.IsRejected) continue;
            if (media.Mid != section.Mid) throw new SdpException($"The section with mid {section.Mid} is called {media.Mid} in the answer.");
            if (media.Kind != section.Kind) throw new SdpException($"The section with mid {section.Mid} changed its kind in the answer.");
        }
    }

    public void ApplyAnswer(RemoteDescription answer, NegotiationChanges changes)
    {
        HasOpenOffer = false;
        foreach (var section in Sections)
        {
            var media = answer.Media[section.Index];
            if (media.IsRejected)
            {
                Reject(section, media, changes);
                continue;
            }

            section.RemoteSctpPort = media.SctpPort;
            section.RemoteMaxMessageSize = media.MaxMessageSize;
            if (!section.IsMedia) continue;
            section.Codecs = CodecSelection.Accept(section.Kind, media.Codecs);
            section.Extensions = media.Extensions;
            if (!media.Direction.HasFlag(MediaDirection.RecvOnly)) section.Direction &= ~MediaDirection.SendOnly;
            UpdateRemoteTrack(section, media, section.Receives, changes);
            section.Local?.Negotiated(section);
        }
    }

    /// <summary>Frees the section of a track that is removed; it is used again for the next track of its kind.</summary>
    public void Release(LocalTrack track)
    {
        if (Sections.Find(section => section.Local == track) is { } section) section.Local = null;
        track.Mid = null;
    }

    private static void ApplyOfferedExtensions(MediaSection section, RemoteMedia media)
    {
        section.Codecs = CodecSelection.Accept(section.Kind, media.Codecs);
        section.RemoteFeedback = media.Feedback;
        section.Extensions = media.Extensions;
    }

    private static void Reject(MediaSection section, RemoteMedia media, NegotiationChanges changes)
    {
        section.IsRejected = true;
        section.Source = media.Source;
        section.Direction = MediaDirection.Inactive;
        if (section.Local is { } local) local.Mid = null;
        section.Local?.Negotiated(null);
        section.Local = null;
        RemoveRemoteTrack(section, changes);
    }

    private static void RemoveRemoteTrack(MediaSection section, NegotiationChanges changes)
    {
        if (section.Remote is { } track) changes.Removed.Add(track);
        section.Remote = null;
    }

    private static void UpdateRemoteTrack(MediaSection section, RemoteMedia media, bool receives, NegotiationChanges changes)
    {
        var sends = media.Direction.HasFlag(MediaDirection.SendOnly);
        if (!receives || !sends)
        {
            RemoveRemoteTrack(section, changes);
            return;
        }

        if (section.Remote is { } existing && (existing.TrackId != media.TrackId || existing.StreamId != media.StreamId)) RemoveRemoteTrack(section, changes);
        if (section.Remote is null)
        {
            var kind = section.Kind == SectionKind.Audio ? MediaKind.Audio : MediaKind.Video;
            section.Remote = new RemoteTrack(section.Mid, kind, media.StreamId, media.TrackId);
            changes.Added.Add(section.Remote);
        }

        var canAskAgain = section.Codecs.Any(codec => media.Feedback.TryGetValue(codec.PayloadType, out var feedback) && feedback.Contains("nack", StringComparer.Ordinal));
        section.Remote.Negotiated(section.Codecs, section.Extensions, media.Ssrcs, canAskAgain);
    }

    private void ApplyOfferedSection(MediaSection section, RemoteMedia media, IReadOnlyList<LocalTrack> localTracks, NegotiationChanges changes)
    {
        var accepted = !media.IsRejected && (media.Kind != SectionKind.Video || options.AcceptVideo);
        if (accepted && media.Kind is SectionKind.Audio or SectionKind.Video) accepted &= CodecSelection.Accept(media.Kind, media.Codecs).Count > 0;
        section.Mid = media.Mid;
        section.Kind = media.Kind;
        if (!accepted)
        {
            Reject(section, media, changes);
            return;
        }

        section.IsRejected = false;
        section.Source = media.Source;
        section.RemoteSctpPort = media.SctpPort;
        section.RemoteMaxMessageSize = media.MaxMessageSize;
        if (!section.IsMedia) return;
        ApplyOfferedExtensions(section, media);
        UpdateRemoteTrack(section, media, receives: true, changes);
        var wanted = media.Direction.HasFlag(MediaDirection.RecvOnly);
        if (wanted && section.Local is null && FindUnassigned(section.Kind, localTracks) is { } track)
        {
            section.Local = track;
            track.Mid = section.Mid;
        }

        section.Direction = DirectionOf(sends: wanted && section.Local is not null, receives: section.Remote is not null);
        section.Local?.Negotiated(section);
    }

    private static MediaDirection DirectionOf(bool sends, bool receives) =>
        (sends ? MediaDirection.SendOnly : MediaDirection.Inactive) | (receives ? MediaDirection.RecvOnly : MediaDirection.Inactive);

    private static LocalTrack? FindUnassigned(SectionKind kind, IReadOnlyList<LocalTrack> localTracks)
    {
        foreach (var track in localTracks)
        {
            if (track.Mid is null && KindOf(track) == kind) return track;
        }

        return null;
    }

    private static SectionKind KindOf(LocalTrack track) => track.Kind == MediaKind.Audio ? SectionKind.Audio : SectionKind.Video;

    private void Assign(LocalTrack track)
    {
        var kind = KindOf(track);
        var section = Sections.Find(candidate => candidate.Kind == kind && !candidate.IsRejected && candidate.Local is null && candidate.Remote is null
            && candidate.Direction == MediaDirection.Inactive);
        if (section is null) Sections.Add(section = new MediaSection(Sections.Count, NextMid(), kind));
        section.Local = track;
        section.Codecs = _codecs.Number(track.OfferedCodecs);
        section.Extensions = HeaderExtensionMap.CreateFor(track.Kind);
        track.Mid = section.Mid;
    }

    private string NextMid()
    {
        for (var i = Sections.Count; ; i++)
        {
            var mid = i.ToString(CultureInfo.InvariantCulture);
            if (!Sections.Exists(section => section.Mid == mid)) return mid;
        }
    }
}
