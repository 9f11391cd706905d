using System.Collections.Frozen;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>Somebody in a room. Properties are snapshots that the room's event loop renews; any thread may read them.</summary>
public abstract class Participant
{
    private volatile FfiHandle _handle;
    private volatile string _sid;
    private volatile string _name;
    private volatile string _metadata;
    private volatile IReadOnlyDictionary<string, string> _attributes;
    private volatile ParticipantPermissions? _permissions;
    private volatile int _quality = (int)ConnectionQuality.Good;
    private volatile bool _isSpeaking;

    private protected Participant(Room room, FfiHandle handle, ParticipantInfo info)
    {
        Room = room;
        Identity = info.Identity;
        Kind = (ParticipantKind)info.Kind;
        JoinedAt = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(info.JoinedAt, 0, int.MaxValue));
        _handle = handle;
        _sid = info.Sid;
        _name = info.Name;
        _metadata = info.Metadata;
        _attributes = info.Attributes.ToFrozenDictionary(StringComparer.Ordinal);
        _permissions = Permission(info.Permission);
    }

    /// <summary>Unique in the room; chosen by whoever made the participant's token.</summary>
    public string Identity { get; }

    /// <summary>The server's identifier of this stay, PA_…; another one after a full reconnect.</summary>
    public string Sid => _sid;

    /// <summary>The name for display; may be empty.</summary>
    public string Name => _name;

    /// <summary>What the application says about the participant; may be empty.</summary>
    public string Metadata => _metadata;

    /// <summary>What the application says about the participant, by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes => _attributes;

    /// <summary>What takes part.</summary>
    public ParticipantKind Kind { get; }

    /// <summary>When the participant joined, to the second, by the server's clock.</summary>
    public DateTimeOffset JoinedAt { get; }

    /// <summary>What the participant may do; null if the server has not said.</summary>
    public ParticipantPermissions? Permissions => _permissions;

    /// <summary>How well the participant is connected.</summary>
    public ConnectionQuality ConnectionQuality => (ConnectionQuality)_quality;

    /// <summary>Whether the participant is among the room's active speakers.</summary>
    public bool IsSpeaking => _isSpeaking;

    internal Room Room { get; }

    internal FfiHandle Handle => _handle;

    /// <summary>The kind and the identity.</summary>
    public override string ToString() => $"{Kind} {Identity}";

    /// <summary>The name, the metadata or the attributes may have changed.</summary>
    private protected virtual void OnChanged()
    {
    }

    internal abstract TrackPublication? FindPublication(string trackSid);

    internal void Update(ParticipantInfo info)
    {
        _sid = info.Sid;
        _name = info.Name;
        _metadata = info.Metadata;
        _attributes = info.Attributes.ToFrozenDictionary(StringComparer.Ordinal);
        _permissions = Permission(info.Permission);
        OnChanged();
    }

    internal void SetName(string name)
    {
        _name = name;
        OnChanged();
    }

    internal void SetMetadata(string metadata)
    {
        _metadata = metadata;
        OnChanged();
    }

    internal void SetAttributes(IEnumerable<AttributesEntry> attributes)
    {
        _attributes = attributes.ToFrozenDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        OnChanged();
    }

    internal void SetPermission(ParticipantPermission? permission) => _permissions = Permission(permission);

    internal void SetQuality(ConnectionQuality quality) => _quality = (int)quality;

    internal void SetSpeaking(bool isSpeaking) => _isSpeaking = isSpeaking;

    private static ParticipantPermissions? Permission(ParticipantPermission? permission) => permission is null
        ? null
        : new ParticipantPermissions(permission.CanSubscribe, permission.CanPublish, permission.CanPublishData, permission.CanUpdateMetadata, permission.Hidden);
}
