namespace Agent.LiveKit.Rtc;

/// <summary>What a participant may do.</summary>
/// <param name="CanSubscribe">Receive the others' tracks.</param>
/// <param name="CanPublish">Publish tracks.</param>
/// <param name="CanPublishData">Send data, text and byte streams.</param>
/// <param name="CanUpdateMetadata">Change its own name, metadata and attributes.</param>
/// <param name="Hidden">Not shown to the others.</param>
public sealed record ParticipantPermissions(bool CanSubscribe, bool CanPublish, bool CanPublishData, bool CanUpdateMetadata, bool Hidden);
