using Agent.LiveKit.Rtc.Native.Messages;
using Agent.LiveKit.Rtc.Native.Protocol;
using Google.Protobuf;

namespace Agent.Tests.LiveKit.Rtc.Native.Messages;

public class CaptureMessageTests
{
    [Theory]
    [InlineData(1ul, 1ul, 8_000, 80, 1ul)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, 48_000, 480, ulong.MaxValue)]
    [InlineData(300ul, 0x7F00_1234_5678ul, 24_000, 240, 70_000ul)]
    public void Write_WhatTheGeneratedClassesWouldWrite_IsWritten(ulong source, ulong data, int rate, int samples, ulong asyncId)
    {
        var buffer = new byte[CaptureMessage.MaxLength];
        var length = CaptureMessage.Write(buffer, source, data, rate, samples, asyncId);
        var expected = new FfiRequest
        {
            CaptureAudioFrame = new CaptureAudioFrameRequest
            {
                SourceHandle = source,
                Buffer = new AudioFrameBufferInfo { DataPtr = data, NumChannels = 1, SampleRate = (uint)rate, SamplesPerChannel = (uint)samples },
                RequestAsyncId = asyncId,
            },
        };
        Assert.Equal(expected.ToByteArray(), buffer[..length]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryReadCallback_WhatTheGeneratedClassesWrite_IsRead(bool withError)
    {
        var callback = new CaptureAudioFrameCallback { AsyncId = 12_345 };
        if (withError)
            callback.Error = "InvalidState";
        Assert.True(CaptureMessage.TryReadCallback(new FfiEvent { CaptureAudioFrame = callback }.ToByteArray(), out var asyncId, out var failed));
        Assert.Equal(12_345ul, asyncId);
        Assert.Equal(withError, failed);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void TryPeek_LogBatch_SaysWhetherItIsWorthReading(int level, bool isWanted)
    {
        var batch = new LogBatch { Records = { Record(LogLevel.LogTrace), Record(LogLevel.LogWarn) } };
        Assert.True(LogMessage.TryPeek(new FfiEvent { Logs = batch }.ToByteArray(), level, out var wanted));
        Assert.Equal(isWanted, wanted);
        Assert.False(LogMessage.TryPeek(new FfiEvent { Panic = new Panic { Message = "x" } }.ToByteArray(), level, out _));
    }

    private static LogRecord Record(LogLevel level) => new() { Level = level, Target = "t", Message = "m" };
}
