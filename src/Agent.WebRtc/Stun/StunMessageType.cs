namespace Agent.WebRtc.Stun;

/// <summary>The binding method's message types (RFC 8489, section 5).</summary>
internal enum StunMessageType : ushort
{
    BindingRequest = 0x0001,
    BindingIndication = 0x0011,
    BindingSuccess = 0x0101,
    BindingError = 0x0111,
}
