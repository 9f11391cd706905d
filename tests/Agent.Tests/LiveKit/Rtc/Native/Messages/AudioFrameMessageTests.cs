using Agent.LiveKit.Rtc.Native.Messages;
using Agent.LiveKit.Rtc.Native.Protocol;
using Google.Protobuf;

namespace Agent.Tests.LiveKit.Rtc.Native.Messages;

public class AudioFrameMessageTests
{
    [Fact]
    public void TryRead_WhatTheGeneratedClassesWrite_IsRead()
    {
        var random = new Random(2);
        for (var i = 0; i < 1_000; i++)
        {
            var sent = Frame((ulong)random.NextInt64(1, long.MaxValue), (ulong)random.NextInt64(1, long.MaxValue), (ulong)random.NextInt64(), (uint)random.Next(1, 3), (uint)random.Next(8_000, 48_001), (uint)random.Next(1, 4_800));
            Assert.True(AudioFrameMessage.TryRead(sent.ToByteArray(), out var read));
            var info = sent.AudioStreamEvent.FrameReceived.Frame.Info;
            Assert.Equal(sent.AudioStreamEvent.StreamHandle, read.StreamHandle);
            Assert.Equal(sent.AudioStreamEvent.FrameReceived.Frame.Handle.Id, read.FrameHandle);
            Assert.Equal(info.DataPtr, read.Data);
            Assert.Equal(info.NumChannels, read.Channels);
            Assert.Equal(info.SampleRate, read.SampleRateHz);
            Assert.Equal(info.SamplesPerChannel, read.SamplesPerChannel);
            Assert.False(read.IsEnd);
        }
    }

    [Fact]
    public void TryRead_EndOfStream_IsRead()
    {
        var sent = new FfiEvent { AudioStreamEvent = new AudioStreamEvent { StreamHandle = 7, Eos = new AudioStreamEOS() } };
        Assert.True(AudioFrameMessage.TryRead(sent.ToByteArray(), out var read));
        Assert.True(read.IsEnd);
        Assert.Equal(7ul, read.StreamHandle);
    }

    [Fact]
    public void TryRead_OtherEvents_AreLeftAlone()
    {
        Assert.False(AudioFrameMessage.TryRead(new FfiEvent { Panic = new Panic { Message = "x" } }.ToByteArray(), out _));
        Assert.False(AudioFrameMessage.TryRead(default, out _));
        Assert.False(AudioFrameMessage.TryRead(new FfiEvent { CaptureAudioFrame = new CaptureAudioFrameCallback { AsyncId = 1 } }.ToByteArray(), out _));
    }

    [Fact]
    public void TryRead_UnknownFields_ArePassedOver()
    {
        var bytes = Frame(1, 2, 3, 1, 16_000, 160).ToByteArray().ToList();
        // Fields 100 (varint), 101 (64 bits), 102 (32 bits) and 103 (bytes) at the end of audio_stream_event, whose length is the second byte.
        byte[] unknown = [0xA0, 0x06, 0x05, 0xA9, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0xB5, 0x06, 1, 2, 3, 4, 0xBA, 0x06, 2, 9, 9];
        bytes.AddRange(unknown);
        bytes[1] += (byte)unknown.Length;
        Assert.True(AudioFrameMessage.TryRead(bytes.ToArray(), out var read));
        Assert.Equal(160u, read.SamplesPerChannel);
    }

    [Fact]
    public void TryRead_RandomAndMutatedBytes_NeverThrows()
    {
        var random = new Random(3);
        var good = Frame(1, 2, 3, 1, 16_000, 160).ToByteArray();
        var accepted = 0;
        for (var i = 0; i < 50_000; i++)
        {
            byte[] bytes;
            if (i % 2 == 0)
            {
                bytes = (byte[])good.Clone();
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                bytes = bytes[..random.Next(bytes.Length + 1)];
            }
            else
            {
                bytes = new byte[random.Next(64)];
                random.NextBytes(bytes);
            }

            if (AudioFrameMessage.TryRead(bytes, out _))
                accepted++;
            CaptureMessage.TryReadCallback(bytes, out _, out _);
            LogMessage.TryPeek(bytes, 4, out _);
        }

        Assert.InRange(accepted, 0, 25_000);
    }

    [Fact]
    public void TryRead_AllocatesNothing()
    {
        var bytes = Frame(1, 2, 3, 1, 16_000, 160).ToByteArray();
        Assert.True(AudioFrameMessage.TryRead(bytes, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            AudioFrameMessage.TryRead(bytes, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static FfiEvent Frame(ulong stream, ulong frame, ulong data, uint channels, uint rate, uint samples) => new()
    {
        AudioStreamEvent = new AudioStreamEvent
        {
            StreamHandle = stream,
            FrameReceived = new AudioFrameReceived
            {
                Frame = new OwnedAudioFrameBuffer
                {
                    Handle = new FfiOwnedHandle { Id = frame },
                    Info = new AudioFrameBufferInfo { DataPtr = data, NumChannels = channels, SampleRate = rate, SamplesPerChannel = samples },
                },
            },
        },
    };
}
