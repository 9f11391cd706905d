namespace Agent.WebRtc.Rtp;

internal sealed class ReceptionStatistics
{
}
