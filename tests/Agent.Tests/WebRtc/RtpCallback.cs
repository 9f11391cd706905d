using Agent.WebRtc.Rtp;
using Agent.WebRtc.Tracks;

namespace Agent.Tests.WebRtc;

internal delegate void RtpCallback(RemoteTrack track, RtpPacket packet, TimeSpan now);
