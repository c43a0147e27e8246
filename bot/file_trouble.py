"""What is wrong with a file, in Chinese: the system says it in English, or in the words of whatever language it has."""

import errno
from types import MappingProxyType
from typing import Final

_BY_NUMBER: Final = MappingProxyType({
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "同名的文件已经在那里",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只能读，不能写",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: "同时打开的文件太多",
    errno.EBUSY: "正被别的程序占用",
    errno.EIO: "磁盘读写出错",
})  # fmt: skip


def file_trouble(error: OSError | UnicodeError) -> str:
    """Why a file can't be read or written, in a few words without a full stop."""
    if isinstance(error, UnicodeError):
        return "不是 UTF-8 文字"
    return _BY_NUMBER.get(error.errno or 0, f"系统错误 {error.errno}" if error.errno else "系统没有说明原因")
