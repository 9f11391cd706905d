namespace Agent.WebRtc.Ice;

/// <summary>The few addresses that authenticated checks came from, the most recent first to be kept.</summary>
internal sealed class ValidatedAddresses
{
    private const int Capacity = 16;
    private readonly TransportAddress[] _addresses = new TransportAddress[Capacity];
    private int _count;
    private int _next;

    public bool Contains(in TransportAddress address) => Array.IndexOf(_addresses, address, 0, _count) >= 0;

    /// <param name="address">The address.</param>
    /// <param name="forgotten">The oldest one, when it had to make room.</param>
    /// <returns>Whether it is new.</returns>
    public bool Add(in TransportAddress address, out TransportAddress? forgotten)
    {
        forgotten = null;
        if (Contains(address)) return false;
        if (_count == Capacity) forgotten = _addresses[_next];
        _addresses[_next] = address;
        _next = (_next + 1) % Capacity;
        _count = Math.Min(_count + 1, Capacity);
        return true;
    }
}
