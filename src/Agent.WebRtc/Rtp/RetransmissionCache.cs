namespace Agent.WebRtc.Rtp;

/// <summary>The last packets sent, unencrypted, by sequence number; its buffers grow to the packets' size once and are used again.</summary>
internal sealed class RetransmissionCache(int capacity)
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(20); // repeated requests cross our answer
    private readonly Slot[] _slots = new Slot[capacity];

    public void Add(ushort sequenceNumber, ReadOnlySpan<byte> packet)
    {
        ref var slot = ref _slots[sequenceNumber % _slots.Length];
        if (slot.Buffer is null || slot.Buffer.Length < packet.Length) slot.Buffer = new byte[Math.Max(256, (packet.Length + 63) & ~63)];
        packet.CopyTo(slot.Buffer);
        slot.Length = packet.Length;
        slot.SequenceNumber = sequenceNumber;
        slot.ResentAt = TimeSpan.MinValue;
    }

    /// <summary>Finds a packet to send again; false when it is gone or was just sent again.</summary>
    public bool TryTake(ushort sequenceNumber, TimeSpan now, out ReadOnlySpan<byte> packet)
    {
        ref var slot = ref _slots[sequenceNumber % _slots.Length];
        packet = default;
        if (slot.Length == 0 || slot.SequenceNumber != sequenceNumber) return false;
        if (slot.ResentAt != TimeSpan.MinValue && now - slot.ResentAt < MinInterval) return false;
        slot.ResentAt = now;
        packet = slot.Buffer.AsSpan(0, slot.Length);
        return true;
    }

    private struct Slot
    {
        public byte[]? Buffer;
        public int Length;
        public ushort SequenceNumber;
        public TimeSpan ResentAt;
    }
}
