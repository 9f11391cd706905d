using System.Buffers.Binary;

namespace Agent.LiveKit.Rtc.Native.Loading;

/// <summary>
/// Turns undefined symbols of a shared library weak, so that it loads where nobody defines them. The native SDK comes as a Node.js
/// addon: what it imports from Node.js is never called through its C interface, but it is bound at load. Layout: System V gABI,
/// chapters 4 and 5 (ELF header, section header, symbol table), 64 bits, little endian.
/// </summary>
internal static class ElfWeakener
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const uint SectionTypeDynSym = 11;
    private const int BindGlobal = 1;
    private const int BindWeak = 2;

    private static ReadOnlySpan<byte> Magic => [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];

    /// <summary>Whether the bytes begin as a 64-bit little-endian ELF file does.</summary>
    internal static bool IsElf64(ReadOnlySpan<byte> file) => file.Length >= HeaderSize && file.StartsWith(Magic);

    /// <summary>Makes each undefined global symbol whose name begins with <paramref name="prefix"/> weak, in place.</summary>
    /// <returns>The number of symbols changed.</returns>
    /// <exception cref="InvalidDataException">The file is no 64-bit little-endian ELF file, or is damaged.</exception>
    internal static int Weaken(Span<byte> file, ReadOnlySpan<byte> prefix)
    {
        if (!IsElf64(file))
            throw new InvalidDataException("It is no 64-bit little-endian ELF file.");
        var sections = ReadOffset(file, 0x28);
        var sectionSize = BinaryPrimitives.ReadUInt16LittleEndian(file[0x3A..]);
        var sectionCount = BinaryPrimitives.ReadUInt16LittleEndian(file[0x3C..]);
        if (sectionCount > 0 && sectionSize != SectionHeaderSize)
            throw new InvalidDataException($"Its section headers have {sectionSize} bytes instead of {SectionHeaderSize}.");
        var changed = 0;
        for (var i = 0; i < sectionCount; i++)
        {
            var header = Part(file, (long)sections + (i * SectionHeaderSize), SectionHeaderSize);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != SectionTypeDynSym)
                continue;
            var symbols = Part(file, ReadOffset(header, 0x18), ReadOffset(header, 0x20));
            var link = BinaryPrimitives.ReadUInt32LittleEndian(header[0x28..]);
            if (link >= sectionCount)
                throw new InvalidDataException($"Its symbol table names section {link} of {sectionCount} as its strings.");
            var stringHeader = Part(file, (long)sections + (link * SectionHeaderSize), SectionHeaderSize);
            var strings = Part(file, ReadOffset(stringHeader, 0x18), ReadOffset(stringHeader, 0x20));
            changed += WeakenTable(symbols, strings, prefix);
        }

        return changed;
    }

    private static int WeakenTable(Span<byte> symbols, ReadOnlySpan<byte> strings, ReadOnlySpan<byte> prefix)
    {
        var changed = 0;
        for (var at = 0; at + SymbolSize <= symbols.Length; at += SymbolSize)
        {
            var symbol = symbols.Slice(at, SymbolSize);
            var name = BinaryPrimitives.ReadUInt32LittleEndian(symbol);
            var isUndefined = BinaryPrimitives.ReadUInt16LittleEndian(symbol[6..]) == 0;
            if (!isUndefined || symbol[4] >> 4 != BindGlobal || name >= strings.Length || !strings[(int)name..].StartsWith(prefix))
                continue;
            symbol[4] = (byte)((BindWeak << 4) | (symbol[4] & 0xF));
            changed++;
        }

        return changed;
    }

    private static long ReadOffset(ReadOnlySpan<byte> at, int offset)
    {
        var value = BinaryPrimitives.ReadUInt64LittleEndian(at[offset..]);
        return value <= int.MaxValue ? (long)value : throw new InvalidDataException($"It refers to offset {value}, beyond 2 GiB.");
    }

    private static Span<byte> Part(Span<byte> file, long offset, long length) => offset + length <= file.Length
        ? file.Slice((int)offset, (int)length)
        : throw new InvalidDataException($"It refers to bytes {offset} to {offset + length}, but has {file.Length}.");
}
